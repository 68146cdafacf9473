/// What was measured of a substance.
package struct Sample: Sendable {
  /// The time of the measurement.
  package var hours: Double
  /// What was left of the substance.
  package var amount: Double

  /// Creates a sample.
  package init(hours: Double, amount: Double) {
    self.hours = hours
    self.amount = amount
  }
}
