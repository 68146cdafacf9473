/// What somebody types, once its bytes are understood.
enum Key: Equatable {
  /// A character of the text.
  case character(Character)
  /// A text that was pasted.
  case paste(String)
  case enter, tab, escape
  case backspace, delete
  case left, right, wordLeft, wordRight, home, end, up, down
  /// Takes out from the cursor to the end or start of the line, or a word.
  case killToEnd, killToStart, killWordBefore, killWordAfter
  /// Puts in what was taken out last.
  case yank
  /// Exchanges the two characters before the cursor.
  case transpose
  case clearScreen
  /// Searches backward in the history.
  case search
  /// Ctrl-C.
  case interrupt
  /// Ctrl-D.
  case endOfInput
  /// Ctrl-Z.
  case suspend
  /// A key without a meaning.
  case unknown
}
