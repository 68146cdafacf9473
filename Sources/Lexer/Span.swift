/// A range of bytes in a source.
package struct Span: Hashable, Sendable {
  /// The offset of the first byte.
  package var start: UInt32
  /// The offset after the last byte.
  package var end: UInt32

  /// Creates the span of the bytes from `start` up to but not including `end`.
  package init(_ start: UInt32, _ end: UInt32) {
    self.start = start
    self.end = end
  }

  /// Creates the span of the bytes in `range`.
  package init(_ range: Range<Int>) {
    self.init(UInt32(range.lowerBound), UInt32(range.upperBound))
  }

  /// The empty span at the start of a source, borne by what no source text stands for.
  package static let none = Span(0, 0)

  /// The offsets as a range of array indices.
  package var range: Range<Int> { Int(start)..<Int(max(start, end)) }

  /// Returns the smallest span that covers this one and `other`.
  package func union(_ other: Span) -> Span {
    Span(min(start, other.start), max(end, other.end))
  }

  /// Returns whether `other` lies within this span.
  package func contains(_ other: Span) -> Bool {
    start <= other.start && other.end <= end
  }
}
