import BPLexer

extension SyntaxTree {
  /// How far a tree has grown.
  struct Mark {
    let nodes: Int
    let targets: Int
    let functions: Int
    let leaves: Int
    let loops: Int
    let derivatives: Int
  }

  var mark: Mark {
    Mark(
      nodes: nodes.count, targets: targets.count, functions: functions.count,
      leaves: leaves.count, loops: loops.count, derivatives: derivatives.count)
  }

  /// Takes back what was added since `mark`.
  mutating func truncate(to mark: Mark) {
    nodes.removeSubrange(mark.nodes...)
    targets.removeSubrange(mark.targets...)
    functions.removeSubrange(mark.functions...)
    leaves.removeSubrange(mark.leaves...)
    loops.removeSubrange(mark.loops...)
    derivatives.removeSubrange(mark.derivatives...)
  }
}

extension Grammar {
  /// Leaves the statement that starts at token `start` out of the tree, and moves to the next one.
  mutating func recover(from start: Int, to mark: SyntaxTree.Mark) {
    tree.truncate(to: mark)
    let failure = position
    position = start
    if precedesDefinition { take() }
    if next.kind == .name, kind(after: 1) == .leftParenthesis {
      tree.brokenFunctions.insert(next.payload)
    }
    declareBrokenNames()
    // Where the text has ended there is nothing to look for.
    if tokens[failure].kind == .end { position = failure }
    if skipBlocks(from: start, failure) { return }
    var openBrackets = 0
    while next.kind != .end {
      let isBeyond = position > max(start, failure - 1) || (position > start && position >= failure)
      if isBeyond, openBrackets <= 0 || startsStatement {
        if next.startsLine || next.kind == .semicolon { return }
      }
      switch next.kind {
      case .leftParenthesis, .leftBracket, .leftBrace: openBrackets += 1
      case .rightBrace where openBrackets <= 0 && blockDepth > 0: return
      case .rightParenthesis, .rightBracket, .rightBrace: openBrackets -= 1
      default: break
      }
      take()
    }
  }

  /// Reads the blocks behind an unreadable head, for the mistakes in them, and returns whether there
  /// were any.
  private mutating func skipBlocks(from start: Int, _ failure: Int) -> Bool {
    let heads: [Token.Kind] = [.if, .else, .for, .while]
    guard heads.contains(tokens[start].kind), tokens[failure].kind != .end else { return false }
    let outer = exits
    exits.hasLoop = true
    defer { exits = outer }
    position = failure
    while next.kind != .leftBrace {
      if next.kind == .end || next.startsLine && position > failure { return false }
      take()
    }
    repeat { skipArm() } while next.kind == .else
    return true
  }

  /// Reads what follows a head or an `else`, and defines the names that it defines.
  private mutating func skipArm() {
    while take(.else) || take(.if) {}
    while next.kind != .leftBrace, next.kind != .end, !next.startsLine { take() }
    guard next.kind == .leftBrace else { return }
    let start = tree.mark
    do { try braces() } catch { diagnostics.append(error.diagnostic) }
    let names = tree.targets[start.targets...]
    tree.truncate(to: start)
    for name in names { emit(.broken, payload: name.name, name.span) }
  }

  /// Defines the names of an unreadable definition, so that their uses are no mistakes.
  private mutating func declareBrokenNames() {
    if next.kind == .param || next.kind == .input { take() }
    guard next.kind == .name,
      isDefinition || kind(after: 1) == .colon || isElementDefinition || position > 0 && isLeafName
    else { return }
    repeat {
      guard next.kind == .name else { return }
      let name = take()
      emit(.broken, payload: name.payload, name.span)
    } while take(.comma)
  }

  /// Whether the next tokens are name "[" … "]" "=" on one line.
  private var isElementDefinition: Bool {
    guard next.kind == .name, kind(after: 1) == .leftBracket else { return false }
    var openBrackets = 0
    for token in tokens[(position + 1)...] {
      switch token.kind {
      case _ where token.startsLine: return false
      case .leftParenthesis, .leftBracket, .leftBrace: openBrackets += 1
      case .rightParenthesis, .rightBracket, .rightBrace: openBrackets -= 1
      case .equal where openBrackets == 0: return true
      case .semicolon, .end: return false
      default: if openBrackets <= 0 { return false }
      }
    }
    return false
  }

  private var isLeafName: Bool { previous.kind == .param || previous.kind == .input }

  /// Whether the next tokens can only be the start of a statement, also inside open brackets.
  private var startsStatement: Bool {
    guard next.startsLine else { return false }
    switch next.kind {
    case .param, .input, .return, .for, .while, .break, .continue: return true
    case .name: return isDefinition || isElementDefinition || isFunctionDefinition
    default: return false
    }
  }
}
