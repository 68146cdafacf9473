import BackpropCompiler
import Testing

/// Numbers in and out of formulas.
struct NumbersTests {
  @Test func literals() {
    let number: Numbers = 3.5
    #expect(number.shape == [] && number.number == 3.5)
    let vector: Numbers = [1, 2, 3]
    #expect(vector.shape == [3] && vector.number == nil && vector[2] == 3)
    let matrix: Numbers = [[1, 2], [3, 4], [5, 6]]
    #expect(matrix.shape == [3, 2] && matrix[2, 0] == 5)
    #expect(matrix.description == "[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]")
    let nothing: Numbers = []
    #expect(nothing.shape == [0] && nothing.elements == [])
  }

  @Test func whatIsNotThere() {
    let matrix = Numbers(shape: [2, 2], elements: [1, 2, 3, 4])
    #expect(matrix?[1, 2] == nil)
    #expect(matrix?[-1, 0] == nil)
    #expect(matrix?[0] == nil)
    #expect(Numbers(shape: [2, 2], elements: [1, 2, 3]) == nil)
    #expect(Numbers(shape: [-1, -1], elements: [1]) == nil)
    #expect(Numbers(shape: [.max, .max], elements: [1]) == nil)
  }
}
