#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// How the rate changes from epoch to epoch.
struct Schedule: Equatable, Sendable {
  /// The form of the change.
  var form: Form
  /// The rate at the start, after the epochs that warm up.
  var rate: Double
  /// What a stair, or an epoch, leaves of the rate.
  var factor: Double
  /// How many epochs a stair has.
  var stair: Int
  /// The rate at which a cosine ends.
  var end: Double
  /// How many epochs the rate grows from nothing.
  var warmUp: Int
  /// How many epochs there are.
  var epochs: Int

  /// The forms.
  enum Form: String, CaseIterable, Sendable {
    /// The same in every epoch.
    case constant
    /// Stairs: times the factor every so many epochs, as PyTorch's `StepLR`.
    case step
    /// Times the factor in every epoch, as PyTorch's `ExponentialLR`.
    case exponential
    /// Half a wave down to the end, as PyTorch's `CosineAnnealingLR` (Loshchilov and Hutter 2017).
    case cosine
    /// The rate over 1 + factor·epoch (Robbins and Monro 1951), as TensorFlow's `InverseTimeDecay`.
    case inverse
  }

  /// Returns the rate of epoch number `epoch`, from 0.
  func rate(_ epoch: Int) -> Double {
    if epoch < warmUp { return rate * Double(epoch + 1) / Double(warmUp) }
    let time = Double(epoch - warmUp)
    switch form {
    case .constant: return rate
    case .step: return rate * pow(factor, (time / Double(max(1, stair))).rounded(.down))
    case .exponential: return rate * pow(factor, time)
    case .cosine:
      let part = min(1, time / Double(max(1, epochs - warmUp)))
      return end + (rate - end) * (1 + cos(Double.pi * part)) / 2
    case .inverse: return rate / (1 + factor * time)
    }
  }
}
