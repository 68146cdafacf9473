import Foundation
import Testing

/// A run of `bpc grad`, or of `bpc eval`, with what an independent computation gives for it.
struct ReferenceRun: Decodable, Sendable, CustomTestStringConvertible {
  /// A number in JSON, where those that are not finite are text.
  struct Number: Decodable, Sendable {
    let value: Double

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      value = try (try? container.decode(Double.self)) ?? Number.named(container)
    }

    private static func named(_ container: any SingleValueDecodingContainer) throws -> Double {
      try #require(Double(container.decode(String.self)))
    }
  }

  /// An element of an array: its indices, and the number.
  struct Element: Decodable, Sendable {
    let index: [Int]
    let number: Double

    init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      index = try list.decode([Int].self)
      number = try list.decode(Number.self).value
    }
  }

  /// A second derivative: two elements of leaves, and the number.
  struct Second: Decodable, Sendable {
    let names: [String]
    let indices: [[Int]]
    let number: Double

    init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      let first = try (list.decode(String.self), list.decode([Int].self))
      let second = try (list.decode(String.self), list.decode([Int].self))
      names = [first.0, second.0]
      indices = [first.1, second.1]
      number = try list.decode(Number.self).value
    }
  }

  /// The example that runs, without its path, or nothing.
  let file: String?
  /// What the program shows, where it is no example.
  let name: String?
  let program: String?
  let arguments: [String]
  let value: Number
  /// For each leaf elements with their derivatives.
  let gradient: [String: [Element]]
  let hessian: [Second]?
  /// For each name elements of the value that it ends with.
  let values: [String: [Element]]?
  /// How far a number may be off, relative to its size or, where that is less, to `unit`.
  let tolerance: Double?
  let unit: Double?

  var testDescription: String {
    (file ?? name ?? "") + (arguments.isEmpty ? "" : " \(arguments[0].prefix(20))")
  }

  /// Returns the runs in the file of this name in Tests/Reference.
  static func read(_ name: String) throws -> [ReferenceRun] {
    let path = Tool.package.appending(path: "Tests/Reference/\(name)")
    return try JSONDecoder().decode([String: [ReferenceRun]].self, from: Data(contentsOf: path))
      .values.flatMap(\.self)
  }
}
