import Foundation

/// A headless browser that is told what to do over two pipes, in the protocol of Chromium's developer tools.
final class Browser {
  /// What went wrong in its pages: errors, and what their policy did not allow.
  private(set) var complaints: [String] = []
  private let process = Process()
  private let commands = Pipe()
  private let answers = Pipe()
  private let folder: URL
  private var buffer = Data()
  private var commandCount = 0
  private var session: String?
  private var hasLoaded = false

  /// Where the browser is; nil where there is none.
  static let path: String? = [
    "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
  ]
  .first { FileManager.default.isExecutableFile(atPath: $0) }

  struct Failure: Error { let message: String }

  /// Starts the browser, which ends after `seconds` whatever happens.
  init(_ path: String, seconds: Int = 60) throws {
    folder = FileManager.default.temporaryDirectory.appending(
      path: "bpc-browser-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let sandbox = getuid() == 0 ? "--no-sandbox" : ""
    let line = """
      exec timeout -k 1 \(seconds) '\(path)' --headless \(sandbox) --disable-gpu --disable-dev-shm-usage \
      --no-first-run --remote-debugging-pipe --user-data-dir='\(folder.path)' \
      3<&0 4>&1 </dev/null >/dev/null 2>/dev/null
      """
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", line]
    process.standardInput = commands
    process.standardOutput = answers
    try process.run()
    let target = try send("Target.createTarget", ["url": "about:blank"])
    let attached = try send(
      "Target.attachToTarget", ["targetId": target["targetId"] ?? "", "flatten": true])
    session = attached["sessionId"] as? String
    for domain in ["Page", "Runtime", "Log"] { try send("\(domain).enable", [:]) }
  }

  /// Ends the browser.
  func close() {
    _ = try? send("Browser.close", [:])
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  /// Shows a file, with or without its scripts.
  func open(_ file: URL, fragment: String = "", hasScripts: Bool = true) throws {
    try send("Emulation.setScriptExecutionDisabled", ["value": !hasScripts])
    // From another page, so that a new fragment is a new page, too.
    for address in ["about:blank", file.absoluteString + fragment] {
      hasLoaded = false
      try send("Page.navigate", ["url": address])
      while !hasLoaded { _ = try receive() }
    }
  }

  /// Returns what an expression of JavaScript is in the page.
  func value(_ expression: String) throws -> String {
    let answer = try send(
      "Runtime.evaluate", ["expression": "String(\(expression))", "returnByValue": true])
    if let details = answer["exceptionDetails"] {
      throw Failure(message: "\(expression): \(details)")
    }
    return (answer["result"] as? [String: Any])?["value"] as? String ?? ""
  }

  /// Presses the mouse in the middle of an element, moves it, and lets go.
  func drag(_ selector: String, by distance: Int) throws {
    _ = try value("document.querySelector('\(selector)').scrollIntoView({block: 'center'})")
    let text = try value(
      "(r => [r.x + r.width / 2, r.y + r.height / 2])(document.querySelector('\(selector)').getBoundingClientRect())"
    )
    let middle = text.split(separator: ",").compactMap { Double($0) }
    guard middle.count == 2 else { throw Failure(message: "\(selector) has no place") }
    func mouse(_ type: String, _ moved: Int, _ buttons: Int) throws {
      try send(
        "Input.dispatchMouseEvent",
        [
          "type": type, "x": middle[0] + Double(moved), "y": middle[1], "button": "left",
          "buttons": buttons, "clickCount": 1,
        ])
    }
    try mouse("mousePressed", 0, 1)
    if distance != 0 {
      try mouse("mouseMoved", distance / 2, 1)
      try mouse("mouseMoved", distance, 1)
    }
    try mouse("mouseReleased", distance, 0)
  }

  /// Clicks an element.
  func click(_ selector: String) throws { try drag(selector, by: 0) }

  /// Presses a key in an element.
  func press(_ key: String, in selector: String) throws {
    _ = try value("document.querySelector('\(selector)').focus()")
    for type in ["keyDown", "keyUp"] {
      try send("Input.dispatchKeyEvent", ["type": type, "key": key, "code": key])
    }
  }

  // MARK: - Messages

  @discardableResult
  private func send(_ method: String, _ parameters: [String: Any]) throws -> [String: Any] {
    commandCount += 1
    var message: [String: Any] = ["id": commandCount, "method": method, "params": parameters]
    if let session { message["sessionId"] = session }
    let bytes = try JSONSerialization.data(withJSONObject: message) + Data([0])
    try commands.fileHandleForWriting.write(contentsOf: bytes)
    while true {
      let answer = try receive()
      guard answer["id"] as? Int == commandCount else { continue }
      if let error = answer["error"] { throw Failure(message: "\(method): \(error)") }
      return answer["result"] as? [String: Any] ?? [:]
    }
  }

  private func receive() throws -> [String: Any] {
    while true {
      if let end = buffer.firstIndex(of: 0) {
        let bytes = Data(buffer[..<end])
        buffer = Data(buffer[(end + 1)...])
        let message = try JSONSerialization.jsonObject(with: bytes) as? [String: Any] ?? [:]
        takeNote(of: message)
        return message
      }
      let more = answers.fileHandleForReading.availableData
      guard !more.isEmpty else { throw Failure(message: "the browser ended") }
      buffer += more
    }
  }

  private func takeNote(of message: [String: Any]) {
    let parameters = message["params"] as? [String: Any] ?? [:]
    switch message["method"] as? String {
    case "Page.loadEventFired": hasLoaded = true
    case "Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled":
      complaints.append("\(parameters)")
    default: break
    }
  }
}
