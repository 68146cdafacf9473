// What loops save numbers on.

extension SwiftArrayPrelude {
  /// A stack of numbers.
  static let stack = """
    /// Numbers that a loop saves, and a later loop takes from the last to the first.
    struct Stack: ~Copyable {
      private var numbers: UnsafeMutablePointer<Double>
      private var capacity: Int
      private var count = 0
      private var isOwned: Bool

      /// Creates an empty stack that grows once it holds more than `capacity` numbers.
      init(capacity: Int = 16) {
        self.capacity = max(capacity, 1)
        numbers = .allocate(capacity: self.capacity)
        isOwned = true
      }

      /// Creates an empty stack in the memory of the caller, which holds `capacity` numbers.
      init(_ memory: UnsafeMutablePointer<Double>, capacity: Int) {
        self.capacity = capacity
        numbers = memory
        isOwned = false
      }

      deinit {
        if isOwned { numbers.deallocate() }
      }

      mutating func append(_ number: Double) {
        if count == capacity { grow(to: count + 1) }
        numbers[count] = number
        count += 1
      }

      mutating func append(_ array: UnsafePointer<Double>, count size: Int) {
        if capacity - count < size { grow(to: count + size) }
        (numbers + count).update(from: array, count: size)
        count += size
      }

      /// Adds room for an array and returns it, for use until something else is appended.
      mutating func append(count size: Int) -> UnsafeMutablePointer<Double> {
        if capacity - count < size { grow(to: count + size) }
        count += size
        return numbers + (count - size)
      }

      /// Removes the last number and returns it; of an empty stack that is 0.
      mutating func removeLast() -> Double {
        guard count > 0 else { return 0.0 }
        count -= 1
        return numbers[count]
      }

      /// Removes the last array and returns it where it stands until something is appended; of an empty
      /// stack it is full of zeros.
      mutating func removeLast(count size: Int) -> UnsafePointer<Double> {
        if count < size {
          if capacity < size { grow(to: size) }
          numbers.update(repeating: 0.0, count: size)
          count = size
        }
        count -= size
        return UnsafePointer(numbers + count)
      }

      mutating func removeAll() { count = 0 }

      @inline(never)
      private mutating func grow(to needed: Int) {
        capacity = max(2 * capacity, needed)
        let larger = UnsafeMutablePointer<Double>.allocate(capacity: capacity)
        larger.update(from: numbers, count: count)
        if isOwned { numbers.deallocate() }
        numbers = larger
        isOwned = true
      }
    }
    """
}
