import BPIR

extension Engine {
  /// Does the array step numbered `number`; returns what ends the run.
  @inline(never)
  func run(_ number: Int) -> Trap.Reason? {
    if limits.isInterrupted() { return .interrupted }
    switch tasks.tasks[number] {
    case .loop(let number): return run(tasks.loops + number)
    case .copy(let target, let source, let count):
      copyNumbers(memory + target, memory + source, count)
    case .fill(let target, let source, let count):
      memory.advanced(by: target).update(repeating: memory[source], count: count)
    case .pack(let target, let layout): return pack(target, layout)
    case .unpack(let layout, let source, let adds): return unpack(layout, source, adds)
    case .reduce(let op, let target, let source, let axis):
      Scalar.reduce(op, memory + target, memory + source, axis)
    case .scan(let target, let source, let axis, let isReversed):
      Scalar.scan(memory + target, memory + source, axis, isReversed)
    case .productOthers(let target, let sources, let count, let axis):
      writeProductsOfOthers(
        memory + target,
        (sources..<sources + count).map { UnsafePointer(memory + tasks.numbers[$0]) }, axis,
        scratch: packing)
    case .index(let kind, let target, let source, let indices, let count, let axis):
      return index(kind, target, source, indices, count, axis)
    case .product(let number): run(tasks.products[number])
    case .smallProduct(let number): runSmall(tasks.products + number)
    case .checkIntegers(let start, let count):
      for slot in start..<start + count {
        if let number = checkedInteger(slot) { return .integer(number) }
      }
    }
    return nil
  }

  // MARK: - Regular distances

  /// Returns where the first element of a layout stands, or what ends the run.
  private func first(_ layout: LayoutTask) -> (place: Int, outside: Trap.Reason?) {
    var place = layout.offset
    for index in layout.starts {
      let start = tasks.starts[index]
      let number = memory[start.slot].wholeNumber
      let last = number + (start.count - 1) * start.step
      let outside = number < 0 || number >= start.size ? number : last
      if outside < 0 || outside >= start.size { return (0, .index(outside, size: start.size)) }
      place += number * start.stride
    }
    return (place, nil)
  }

  private func pack(_ target: Int, _ layout: LayoutTask) -> Trap.Reason? {
    let (place, outside) = first(layout)
    if let outside { return outside }
    var next = memory + target
    forEachRun(layout, place) { start, count, stride in
      if stride == 1 {
        copyNumbers(next, memory + start, count)
      } else {
        for index in 0..<count { next[index] = memory[start &+ index &* stride] }
      }
      next += count
    }
    return nil
  }

  private func unpack(_ layout: LayoutTask, _ source: Int, _ adds: Bool) -> Trap.Reason? {
    let (place, outside) = first(layout)
    if let outside { return outside }
    var next = UnsafePointer(memory + source)
    forEachRun(layout, place) { start, count, stride in
      if adds {
        for index in 0..<count { memory[start &+ index &* stride] += next[index] }
      } else if stride == 1 {
        copyNumbers(memory + start, next, count)
      } else {
        for index in 0..<count { memory[start &+ index &* stride] = next[index] }
      }
      next += count
    }
    return nil
  }

  /// Calls `body` with where each run along the last axis starts, how long it is, and its stride.
  @inline(__always)
  private func forEachRun(
    _ layout: LayoutTask, _ first: Int, _ body: (Int, Int, Int) -> Void
  ) {
    guard !layout.isEmpty else { return }
    let rank = layout.rank
    guard rank > 0 else { return body(first, 1, 1) }
    let counts = tasks.numbers + layout.counts
    let strides = counts + rank
    let (count, stride) = (counts[rank - 1], strides[rank - 1])
    if rank == 1 { return body(first, count, stride) }
    withUnsafeTemporaryAllocation(of: Int.self, capacity: rank) { places in
      places.initialize(repeating: 0)
      var start = first
      while true {
        body(start, count, stride)
        var axis = rank - 2
        while axis >= 0 {
          places[axis] += 1
          start += strides[axis]
          if places[axis] < counts[axis] { break }
          start -= counts[axis] * strides[axis]
          places[axis] = 0
          axis -= 1
        }
        if axis < 0 { return }
      }
    }
  }

  // MARK: - Indices

  private func index(
    _ kind: ArrayStep.IndexKind, _ target: Int, _ source: Int, _ indices: Int, _ count: Int,
    _ axis: AxisShape
  ) -> Trap.Reason? {
    for number in 0..<count {
      let place = memory[indices + number]
      guard place >= 0, place < Scalar(axis.count) else {
        return .index(Int(place), size: axis.count)
      }
    }
    for outer in 0..<axis.outer {
      for number in 0..<count {
        let place = memory[indices + number].wholeNumber
        let whole = (outer * axis.count + place) * axis.inner
        let part = (outer * count + number) * axis.inner
        switch kind {
        case .gather:
          memory.advanced(by: target + part)
            .update(from: memory + source + whole, count: axis.inner)
        case .set:
          memory.advanced(by: target + whole)
            .update(from: memory + source + part, count: axis.inner)
        case .add:
          for inner in 0..<axis.inner {
            memory[target + whole + inner] += memory[source + part + inner]
          }
        }
      }
    }
    return nil
  }

  // MARK: - Products

  private func run(_ step: MatrixProductStep) {
    let product = step.product
    let (a, b) = (product.rows * product.depth, product.depth * product.columns)
    let c = product.rows * product.columns
    for number in 0..<step.batch {
      Scalar.product(
        product, memory + step.target + number * c, memory + step.a + number * a,
        memory + step.b + number * b, packing)
    }
  }

  /// Runs products element by element, with the bits of all others.
  @inline(never)
  func runSmall(_ step: UnsafePointer<MatrixProductStep>) {
    let step = step.pointee
    let product = step.product
    let (a, b) = (product.rows &* product.depth, product.depth &* product.columns)
    let c = product.rows &* product.columns
    let addend = step.addend.map { UnsafePointer(memory + $0) }
    for number in 0..<step.batch {
      product.writeSmall(
        memory + (step.target &+ number &* c), adding: addend, memory + (step.a &+ number &* a),
        memory + (step.b &+ number &* b))
    }
  }

  /// Copies numbers: few of them here, since a call takes longer.
  @inline(__always)
  func copyNumbers(
    _ target: UnsafeMutablePointer<Scalar>, _ source: UnsafePointer<Scalar>, _ count: Int
  ) {
    guard count <= 32 else { return target.update(from: source, count: count) }
    var index = 0
    while index &+ 4 <= count {
      (target + index).store((source + index).four)
      index &+= 4
    }
    while index < count {
      target[index] = source[index]
      index &+= 1
    }
  }
}
