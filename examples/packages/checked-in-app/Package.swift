// swift-tools-version: 6.1
import PackageDescription

// The Swift of the models is checked in, under `Sources/Models/Generated`, and built like any other.
// bpc is here for its command, which writes it: `swift package bpc-generate`.
let package = Package(
  name: "checked-in-app",
  dependencies: [.package(name: "bpc", path: "../../..")],
  targets: [
    .target(name: "Models", exclude: ["decay.bp", "networks", "bpc.json"]),
    .executableTarget(name: "Report", dependencies: ["Models"]),
  ]
)
