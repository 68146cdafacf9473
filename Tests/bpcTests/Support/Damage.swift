import TestSupport

/// Returns one of `files` with a few bytes deleted, doubled or exchanged for `marks` or any byte, or
/// with its end cut off.
func damaged(
  _ files: [[UInt8]], marks: String, _ generator: inout SeededGenerator
) -> [UInt8] {
  var file = files.randomElement(using: &generator) ?? []
  for _ in 0..<Int.random(in: 1...4, using: &generator) {
    let place = Int.random(in: 0...file.count, using: &generator)
    let end = min(file.count, place + Int.random(in: 0...8, using: &generator))
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: file.removeSubrange(place..<end)
    case 1: file.insert(contentsOf: Array(file[place..<end]), at: place)
    case 2: file.insert(marks.utf8.randomElement(using: &generator) ?? 0, at: place)
    case 3: file.insert(UInt8.random(in: 0...255, using: &generator), at: place)
    default: file.removeSubrange(Int.random(in: 0...file.count, using: &generator)...)
    }
  }
  return file
}
