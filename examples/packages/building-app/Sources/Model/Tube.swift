/// A tube in the floor of a building.
public struct Tube: Sendable {
  /// How far its turns are apart, in m.
  public var spacing = 0.50292
  /// Its diameter, in m.
  public var diameter = 0.019
  /// The thickness of its wall, in m.
  public var thickness = 0.001588
  /// The resistance of its wall to heat, in K/W m.
  public var resistivity = 2.43

  /// Creates the tube that is sold most.
  public init() {}

  /// Its numbers in the order in which `building.bp` reads them.
  public var numbers: [Double] { [spacing, diameter, thickness, resistivity] }
}
