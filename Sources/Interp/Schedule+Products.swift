import BPIR

// Products of matrices that are added to something run right before that, as one step with it.

extension Function {
  /// Returns the steps of a region, in which each product that is only added to an array comes right
  /// before the addition.
  func steps(_ steps: [ScheduledStep], sinkingProducts useCounts: [Int]) -> [ScheduledStep] {
    var products: [InstructionID: InstructionID] = [:]
    for case .loop(let ids) in steps {
      if ids.count == 1, let product = product(addedBy: ids[0], useCounts) {
        products[ids[0]] = product
      }
    }
    guard !products.isEmpty else { return steps }
    let sunk = Set(products.values)
    var sorted: [ScheduledStep] = []
    for step in steps {
      switch step {
      case .instruction(let id) where sunk.contains(id): continue
      case .loop(let ids):
        if let product = products[ids[0]] { sorted.append(.instruction(product)) }
      default: break
      }
      sorted.append(step)
    }
    return sorted
  }

  /// Returns the product that an instruction adds to an array, when nothing else reads it.
  func product(addedBy id: InstructionID, _ useCounts: [Int]) -> InstructionID? {
    let sum = self[id]
    guard sum.op == .add else { return nil }
    for operand in operands(of: sum).reversed() {
      if let product = product(readOnlyAs: operand, useCounts),
        self[product].region == sum.region
      {
        return product
      }
    }
    return nil
  }

  /// Returns the product whose elements `value` has, perhaps in another shape, when both are read only
  /// once.
  private func product(readOnlyAs value: Value, _ useCounts: [Int]) -> InstructionID? {
    var value = value
    while useCounts[value.position] == 1, case .result(let id, _) = definition(of: value) {
      switch self[id].op {
      case .matmul: return id
      case .reshape: value = operand(0, of: self[id])
      default: return nil
      }
    }
    return nil
  }
}

extension Compilation {
  /// Makes one step of the product that was written last and of the loop of instruction `id` that only
  /// adds it to an array; returns whether it could.
  mutating func addToProduct(_ id: InstructionID, _ loop: ElementLoop) -> Bool {
    guard loop.code.count == 1, let product = function.product(addedBy: id, schedule.useCounts),
      case .product(var step)? = program.arraySteps.last,
      program.code.last?.kind == .array,
      Int(program.code.last?.target ?? 0) == program.arraySteps.count - 1,
      step.target == slots[function[product].result.position],
      let addend = addend(loop, step), step.batch == 1, step.product.isSmall,
      case .memory(let target) = loop.places[loop.code[0].target], !step.reads(target, loop.count)
    else { return false }
    (step.addend, step.target) = (addend, target)
    program.arraySteps[program.arraySteps.count - 1] = .product(step)
    return true
  }

  /// Returns where the array stands that a loop adds a product to.
  private func addend(_ loop: ElementLoop, _ step: MatrixProductStep) -> Int? {
    guard case .memory(let a) = loop.places[loop.code[0].a],
      case .memory(let b) = loop.places[loop.code[0].b]
    else { return nil }
    return a == step.target ? b : a
  }
}

extension MatrixProductStep {
  /// Whether it reads what stands in the `count` places from `start` on.
  fileprivate func reads(_ start: Int, _ count: Int) -> Bool {
    let (countA, countB) = (product.rows * product.depth, product.depth * product.columns)
    return (start < a + countA && a < start + count) || (start < b + countB && b < start + count)
  }
}
