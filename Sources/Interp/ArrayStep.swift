import BPIR

/// What an instruction of a program does with arrays: inert data, with every size and place known.
package enum ArrayStep: Sendable {
  /// Operations on elements, tile by tile.
  case loop(ElementLoop)
  /// `count` elements from `source` to `target`.
  case copy(target: Int, source: Int, count: Int)
  /// `count` elements that are the number at `source`.
  case fill(target: Int, source: Int, count: Int)
  /// The elements that a layout names, one after another.
  case pack(target: Int, source: Layout)
  /// Elements one after another into the places that a layout names.
  case unpack(target: Layout, source: Int, adds: Bool)
  /// An operation along an axis.
  case reduce(Op, target: Int, source: Int, axis: AxisShape)
  /// Sums of the elements so far.
  case scan(target: Int, source: Int, axis: AxisShape, isReversed: Bool)
  /// Products of the other elements.
  case productOthers(target: Int, sources: [Int], axis: AxisShape)
  /// Elements at indices, or into them.
  case index(IndexKind, target: Int, source: Int, indices: Int, count: Int, axis: AxisShape)
  /// Matrix products.
  case product(MatrixProductStep)
  /// The run ends unless the elements are integers.
  case checkIntegers(start: Int, count: Int)

  /// What is done at indices.
  package enum IndexKind: Sendable {
    case gather, add, set
  }

  /// Elements of an array at regular distances.
  package struct Layout: Sendable {
    /// Where the first stands, but for the starts.
    package let offset: Int
    /// How many there are along each axis.
    package let counts: [Int]
    /// The distances from one to the next.
    package let strides: [Int]
    /// Where slots hold the start along an axis: what is checked, and the distance of one element.
    package let starts: [Start]

    /// A start that is known when the program runs.
    package struct Start: Sendable {
      package let slot: Int
      /// The distance from one element to the next along the axis.
      package let stride: Int
      /// How many elements the axis has.
      package let size: Int
      /// How many are taken.
      package let count: Int
      /// How far apart.
      package let step: Int
    }
  }
}

/// Matrix products of pairs of matrices that follow one another in memory.
package struct MatrixProductStep: Sendable {
  package internal(set) var target: Int
  package let a: Int
  package let b: Int
  /// The sizes of one product.
  package let product: MatrixProduct
  /// How many pairs there are.
  package let batch: Int
  /// The array that a single small product is added to.
  package internal(set) var addend: Int?
}

/// Operations on the elements of arrays of one shape, run on some hundred elements at a time.
package struct ElementLoop: Sendable {
  /// How many elements there are.
  package internal(set) var count = 0
  /// The sizes of the axes, as few as tell all operands apart.
  package internal(set) var counts: [Int] = []
  /// Where what operations read and write stands.
  package internal(set) var places: [Place] = []
  /// The operations in order.
  package internal(set) var code: [Operation] = []
  /// How many tiles are held at a time.
  package internal(set) var registerCount = 0

  /// Where an operand or result stands while a tile is worked on.
  package enum Place: Sendable {
    /// In memory, all elements one after another.
    case memory(Int)
    /// In a tile.
    case register(Int)
    /// In a tile that is filled once with a number.
    case number(slot: Int, register: Int)
    /// In a tile that is filled from memory with elements at regular distances.
    case strided(offset: Int, strides: [Int], register: Int)
  }

  /// An operation on the tiles at places.
  package struct Operation: Sendable {
    /// The operation.
    package let op: Op
    package let target: Int
    package let a: Int
    package let b: Int
    package let c: Int
  }

  /// How many elements a tile has.
  package static let tile = 256
}
