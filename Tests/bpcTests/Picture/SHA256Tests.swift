import Testing

@testable import bpc

/// The digits of FIPS 180-4 and of RFC 4648.
struct SHA256Tests {
  @Test(arguments: [
    ("", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
    ("abc", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "JI1qYdIGOLjlwCaTDD5gOaM85Flk/yFn9uzt1BnbBsE="
    ),
  ])
  func digests(_ sample: (text: String, hash: String)) {
    #expect(base64(sha256(Array(sample.text.utf8))) == sample.hash)
  }

  @Test(arguments: [("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("", "")])
  func digits(_ sample: (text: String, base64: String)) {
    #expect(base64(Array(sample.text.utf8)) == sample.base64)
  }

  @Test func longTexts() {
    let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 100_000)
    #expect(base64(sha256(bytes)) == "bRzyLXzAmwhd/CXuGh864CZYBMYHvCB0rSU7zIL9ge4=")
  }
}
