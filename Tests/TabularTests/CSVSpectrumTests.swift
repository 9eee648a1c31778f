// The cases of csv-spectrum, a collection of what readers of CSV get wrong: https://github.com/max-mapper/csv-spectrum.

import Testing

@testable import Tabular

@Suite struct CSVSpectrumTests {
  /// A case's name, its bytes, and the cells below and with its header.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let cells: [[String]]
    var testDescription: String { name }

    init(_ name: String, _ text: String, _ cells: [[String]]) {
      self.init(name, Array(text.utf8), cells)
    }

    init(_ name: String, _ bytes: [UInt8], _ cells: [[String]]) {
      self.name = name
      self.bytes = bytes
      self.cells = cells
    }
  }

  private static let cases: [Case] = [
    Case(
      "comma_in_quotes", "first,last,address,city,zip\nJohn,Doe,120 any st.,\"Anytown, WW\",08123\n",
      [["first", "last", "address", "city", "zip"], ["John", "Doe", "120 any st.", "Anytown, WW", "08123"]]),
    Case("empty", "a,b,c\n1,\"\",\"\"\n2,3,4\n", [["a", "b", "c"], ["1", "", ""], ["2", "3", "4"]]),
    Case("empty_crlf", "a,b,c\r\n1,\"\",\"\"\r\n2,3,4\r\n", [["a", "b", "c"], ["1", "", ""], ["2", "3", "4"]]),
    Case(
      "escaped_quotes", "a,b\n1,\"ha \"\"ha\"\" ha\"\n3,4\n", [["a", "b"], ["1", "ha \"ha\" ha"], ["3", "4"]]),
    Case(
      "json", "key,val\n1,\"{\"\"type\"\": \"\"Point\"\", \"\"coordinates\"\": [102.0, 0.5]}\"\n",
      [["key", "val"], ["1", "{\"type\": \"Point\", \"coordinates\": [102.0, 0.5]}"]]),
    Case(
      "latin1", Array("a,b,c\n1,2,3\n4,5,".utf8) + [0xA9] + Array("\n".utf8),
      [["a", "b", "c"], ["1", "2", "3"], ["4", "5", "©"]]),
    Case(
      "location_coordinates",
      Array("Contact Phone Number,Location Coordinates,Cities,Counties\n02095257564,37".utf8) + [0xB0]
        + Array("36'37.8\"N 121".utf8) + [0xB0] + Array("2'17.9\"W,Modesto,Stanislaus".utf8),
      [
        ["Contact Phone Number", "Location Coordinates", "Cities", "Counties"],
        ["02095257564", "37°36'37.8\"N 121°2'17.9\"W", "Modesto", "Stanislaus"],
      ]),
    Case(
      "newlines", "a,b,c\n1,2,3\n\"Once upon \na time\",5,6\n7,8,9\n",
      [["a", "b", "c"], ["1", "2", "3"], ["Once upon \na time", "5", "6"], ["7", "8", "9"]]),
    Case(
      "newlines_cr", "a,b,c\r1,2,3\r\"Once upon \ra time\",5,6\r7,8,9\r",
      [["a", "b", "c"], ["1", "2", "3"], ["Once upon \ra time", "5", "6"], ["7", "8", "9"]]),
    Case(
      "newlines_crlf", "a,b,c\r\n1,2,3\r\n\"Once upon \r\na time\",5,6\r\n7,8,9\r\n",
      [["a", "b", "c"], ["1", "2", "3"], ["Once upon \r\na time", "5", "6"], ["7", "8", "9"]]),
    // NULL is a family's name as well: what it means is for the rules of the field.
    Case(
      "null", "a,b,c\n1,,2\n3,\"NULL\",4\n5,NULL,6\n",
      [["a", "b", "c"], ["1", "", "2"], ["3", "NULL", "4"], ["5", "NULL", "6"]]),
    Case(
      "quotes_and_newlines", "a,b\n1,\"ha \n\"\"ha\"\" \nha\"\n3,4\n",
      [["a", "b"], ["1", "ha \n\"ha\" \nha"], ["3", "4"]]),
    Case("simple", "a,b,c\n1,2,3\n", [["a", "b", "c"], ["1", "2", "3"]]),
    Case("simple_crlf", "a,b,c\r\n1,2,3\r\n", [["a", "b", "c"], ["1", "2", "3"]]),
    Case("utf8", "a,b,c\n1,2,3\n4,5,ʤ\n", [["a", "b", "c"], ["1", "2", "3"], ["4", "5", "ʤ"]]),
  ]

  /// With what the survey finds out about the file, and however it comes in pieces.
  @Test(arguments: cases)
  func isReadAsMeant(_ sample: Case) throws {
    let format = CSVSurvey.format(of: sample.bytes)
    for piece in [1, 3, 1 << 16] {
      #expect(try read(sample.bytes, format, pieces: [piece]).map(\.cells) == sample.cells, "pieces of \(piece)")
    }
  }
}
