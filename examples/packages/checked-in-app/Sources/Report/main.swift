import Models

// Gradient descent on the rate.
let sample = Sample(hours: 2, amount: 30)
var rate = 0.3
for _ in 0..<500 {
  let gradient = Decay.gradient(hours: sample.hours, measured: sample.amount, rate: rate)
  rate -= 1e-5 * gradient.rate
}
print("rate", (rate * 1e9).rounded() / 1e9)

let weights = [0.1, -0.2, 0.3, 0.4, 0.5, -0.6, 0.7, 0.8, 0.9, -1, 0.2, 0.1]
let (loss, gradient) = Network.valueAndGradient(
  x: [1, 2, 3], y: 0.5, W: weights, v: [1, -1, 0.5, 0.25])
print("loss", loss)
print("by v", gradient.v)
