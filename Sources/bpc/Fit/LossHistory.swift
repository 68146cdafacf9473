/// The losses of a training, of so many epochs as a curve needs.
///
/// When there are too many, every second one is dropped, and from then on only every second one is kept: so
/// memory stays bounded, and what is kept depends on nothing but the losses.
struct LossHistory: Equatable, Sendable {
  /// The losses of the epochs 0, `stride`, 2·`stride`, …
  private(set) var losses: [Double] = []
  /// The distance between the epochs that are kept.
  private(set) var stride = 1

  /// The most losses that are kept.
  static let capacity = 2048

  /// Nothing yet.
  init() {}

  /// What was kept before; nil where it cannot have been.
  init?(losses: [Double], stride: Int) {
    guard stride > 0, losses.count < LossHistory.capacity else { return nil }
    self.losses = losses
    self.stride = stride
  }

  /// Adds the loss of the epoch after those that were added.
  mutating func append(_ loss: Double, epoch: Int) {
    guard epoch % stride == 0 else { return }
    losses.append(loss)
    guard losses.count >= LossHistory.capacity else { return }
    losses = Swift.stride(from: 0, to: losses.count, by: 2).map { losses[$0] }
    stride *= 2
  }

  /// Forgets what came from `epoch` on.
  mutating func rewind(to epoch: Int) {
    let kept = (epoch + stride - 1) / stride
    if kept < losses.count { losses.removeSubrange(kept...) }
  }

  /// The epochs with their losses.
  var points: [(epoch: Int, loss: Double)] {
    losses.enumerated().map { (epoch: $0.offset * stride, loss: $0.element) }
  }
}
