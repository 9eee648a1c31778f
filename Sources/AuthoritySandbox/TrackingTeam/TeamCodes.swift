// The code lists that the tracking teams of the sandbox load by. Data, from the lists of domain source S1.

/// NCCIS codes as the far side knows them. Source: DfE and ONS, LEO I2SE variable request form v2.3 (May 2024), which
/// reproduces the NCCIS value sets.
enum TeamCodes {
  /// Intended destination, Year 11, current generation.
  static let intended: Set<String> = ["111", "121", "211", "311", "321", "411", "511", "611"]
  /// The older generation. 410 is undecided and 510 other there; 411 other and 511 undecided in the current one.
  static let intendedLegacy: Set<String> = ["110", "120", "130", "220", "230", "310", "320", "410", "510", "610"]
  /// September Guarantee.
  static let guarantee: Set<String> = [
    "110", "114", "115", "120", "122", "123", "124", "140", "150", "151", "153", "154", "159",
  ]
  /// Activities that a team would load for somebody past compulsory school age.
  static let activity: Set<String> = [
    "210", "220", "230", "240", "250", "260", "270", "280", "290", "310", "320", "330", "340", "350", "360", "380",
    "381", "410", "430", "440", "450", "460", "530", "540", "550", "610", "615", "616", "619", "620", "630", "640",
    "650", "660", "670", "680", "710", "810", "820", "830",
  ]
  /// Characteristics of the young person.
  static let characteristics: Set<String> = [
    "110", "120", "130", "140", "150", "160", "170", "180", "190", "200",
  ]
  static let sex: Set<String> = ["M", "F", "U", "W"]

  /// What becomes, in the sandbox, of somebody who intended this: the activity that a survey reports. Legacy and
  /// current codes; what is not in it is not known.
  static let outcome: [String: String] = [
    "111": "210", "121": "230", "211": "310", "311": "320", "321": "330", "411": "340", "511": "619", "611": "810",
    "110": "210", "120": "220", "130": "230", "220": "310", "230": "450", "310": "330", "320": "619", "410": "619",
    "510": "340", "610": "810",
  ]
}
