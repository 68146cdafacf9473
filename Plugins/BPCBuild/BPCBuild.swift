import Foundation
import PackagePlugin

/// Emits the Swift of every `.bp` file of a target when the target is built.
///
/// Each file is a command of its own, so only what changed is emitted again. What `bpc.json` says is
/// for bpc to know; here it is a file that commands depend on.
@main struct BPCBuild: BuildToolPlugin {
  /// Returns the commands for `target`.
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let module = target as? any SourceModuleTarget else { return [] }
    return try emission(
      of: module.sourceFiles(withSuffix: ".bp").map(\.url), in: module.directoryURL,
      by: context.tool(named: "bpc").url, to: context.pluginWorkDirectoryURL)
  }

  /// Returns the commands that emit `programs`, which belong to the module in `folder`.
  func emission(
    of programs: [URL], in folder: URL, by tool: URL, to outputs: URL
  ) -> [Command] {
    let settings = folder.appending(path: "bpc.json")
    let isSet = FileManager.default.fileExists(atPath: settings.plainPath)
    return programs.map { program in
      let place = program.place(in: folder)
      // Files of one name in several folders differ in the folder.
      let output = outputs.appending(path: place.replacing("/", with: "+") + ".swift")
      let others = programs.filter { $0 != program }.flatMap { ["--beside", $0.plainPath] }
      return .buildCommand(
        displayName: "Differentiating \(place)", executable: tool,
        arguments: ["grad", program.plainPath, "--emit-swift", "--folder", folder.plainPath]
          + others + ["--output", output.plainPath],
        inputFiles: [program] + (isSet ? [settings] : []), outputFiles: [output])
    }
  }
}

extension URL {
  /// The path as a process takes it.
  var plainPath: String {
    let path = path(percentEncoded: false)
    return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// Returns the path that leads from `folder` down to this file.
  func place(in folder: URL) -> String {
    let start = folder.plainPath + "/"
    return plainPath.hasPrefix(start) ? String(plainPath.dropFirst(start.count)) : lastPathComponent
  }
}

#if canImport(XcodeProjectPlugin)
  import XcodeProjectPlugin

  extension BPCBuild: XcodeBuildToolPlugin {
    /// Returns the commands for `target` of a project.
    func createBuildCommands(
      context: XcodePluginContext, target: XcodeTarget
    ) throws -> [Command] {
      let files = target.inputFiles.map(\.url)
      // A target of a project has no folder: it is where its bpc.json lies.
      let settings = files.first { $0.lastPathComponent == "bpc.json" }
      return try emission(
        of: files.filter { $0.pathExtension == "bp" },
        in: settings?.deletingLastPathComponent() ?? context.xcodeProject.directoryURL,
        by: context.tool(named: "bpc").url, to: context.pluginWorkDirectoryURL)
    }
  }
#endif
