// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "building-app",
  dependencies: [.package(name: "bpc", path: "../../..")],
  targets: [
    .target(name: "Model", plugins: [.plugin(name: "BPCBuild", package: "bpc")]),
    .executableTarget(name: "App", dependencies: ["Model"]),
  ]
)
