import Foundation
import PackagePlugin

/// Writes the Swift of `.bp` files into the folder `Generated` of their target, to be checked in.
@main struct BPCGenerate: CommandPlugin {
  /// Writes the Swift of the targets that `arguments` name, or of all.
  func performCommand(context: PluginContext, arguments: [String]) throws {
    var arguments = ArgumentExtractor(arguments)
    let names = arguments.extractOption(named: "target")
    guard arguments.remainingArguments.isEmpty else {
      return Diagnostics.error("usage: swift package bpc-generate [--target <name>]...")
    }
    let targets =
      names.isEmpty ? context.package.targets : try context.package.targets(named: names)
    let tool = try context.tool(named: "bpc").url
    for target in targets where target is any SourceModuleTarget {
      try generate(target.directoryURL, by: tool)
    }
  }

  /// Writes the Swift of the programs in `folder`, and removes that of programs which went away.
  private func generate(_ folder: URL, by tool: URL) throws {
    let places = (FileManager.default.enumerator(atPath: folder.plainPath) ?? .init())
      .compactMap { $0 as? String }.filter { $0.hasSuffix(".bp") }.sorted()
    let outputs = folder.appending(path: "Generated")
    let files = places.map { $0.replacing("/", with: "+") + ".swift" }
    let old = (try? FileManager.default.contentsOfDirectory(atPath: outputs.plainPath)) ?? []
    for file in old where file.hasSuffix(".bp.swift") && !files.contains(file) {
      try FileManager.default.removeItem(at: outputs.appending(path: file))
    }
    if places.isEmpty { return }
    try FileManager.default.createDirectory(at: outputs, withIntermediateDirectories: true)
    for (place, file) in zip(places, files) {
      let others = places.filter { $0 != place }
      try run(
        tool,
        ["grad", folder.appending(path: place).plainPath, "--emit-swift"]
          + ["--folder", folder.plainPath]
          + others.flatMap { ["--beside", folder.appending(path: $0).plainPath] }
          + ["--output", outputs.appending(path: file).plainPath])
    }
  }

  /// Runs `tool`, which says itself what is wrong with a program.
  private func run(_ tool: URL, _ arguments: [String]) throws {
    let process = try Process.run(tool, arguments: arguments)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      return Diagnostics.error("no Swift was written of \(arguments[1])")
    }
    print("wrote \(arguments.last ?? "")")
  }
}

extension URL {
  /// The path as a process takes it.
  fileprivate var plainPath: String {
    let path = path(percentEncoded: false)
    return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }
}
