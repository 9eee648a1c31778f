// The made-up names, places and providers of the samples. Data only.

/// What the samples are made of. Nobody bears these surnames, the numbers are Ofcom's for drama, the mail domain is
/// reserved by RFC 2606.
enum SampleWords {
  static let surnameBeginnings = [
    "Sample", "Mock", "Fable", "Tester", "Dummy", "Feign", "Sham", "Preten", "Figmen", "Ficti", "Novel", "Fancy",
    "Dream", "Paper", "Myth", "Legend", "Phant", "Make", "Stand", "Trial",
  ]
  static let surnameEndings = [
    "ton", "ridge", "worth", "ham", "by", "wick", "field", "ley", "stead", "more", "thorpe", "combe", "hurst", "gate",
    "shaw", "croft", "dale", "ford", "mere", "low",
  ]
  static let forenames = [
    "Ada", "Bilal", "Cerys", "Dougal", "Eilidh", "Farida", "Gethin", "Hattie", "Idris", "Jasper", "Kezia", "Lowri",
    "Malachi", "Nadia", "Olwen", "Piotr", "Quentin", "Rosalind", "Saoirse", "Tomos", "Una", "Viktor", "Winifred",
    "Xanthe", "Yusuf", "Zo\u{EB}", "Se\u{E1}n", "Ana\u{EF}s", "Jean-Luc", "Ng", "Ty", "Oluwaseun", "Mary Ann",
    "Bronagh", "Caspian", "Dilys", "Emrys", "Freya", "Gwendolen", "Haroon",
  ]
  static let streets = [
    "Sample Street", "Fable Road", "Mock Lane", "Fiction Avenue", "Invention Close", "Paper Walk", "Dream Drive",
    "Fancy Grove",
  ]
  static let courts = ["Imaginary Court", "Nowhere House", "Storybook Flats"]

  /// A place where pupils live: the authority's three digits and name, outward codes, a town.
  struct Home: Sendable {
    let code: String
    let name: String
    let outward: [String]
    let town: String
  }

  /// The six authorities of the Liverpool City Region (DfE codes 2025). The outward codes lie mostly within them, but
  /// an outward code proves nothing: L spans four authorities.
  static let homes = [
    Home(code: "341", name: "Liverpool", outward: ["L1", "L4", "L8", "L13", "L17", "L24", "L25"], town: "Liverpool"),
    Home(code: "343", name: "Sefton", outward: ["L20", "L21", "L23", "L30", "PR8", "PR9"], town: "Bootle"),
    Home(code: "342", name: "St. Helens", outward: ["WA9", "WA10", "WA11"], town: "St Helens"),
    Home(code: "344", name: "Wirral", outward: ["CH41", "CH44", "CH47", "CH62"], town: "Birkenhead"),
    Home(code: "876", name: "Halton", outward: ["WA7", "WA8"], town: "Runcorn"),
    Home(code: "340", name: "Knowsley", outward: ["L28", "L32", "L34", "L36"], town: "Huyton"),
  ]
  /// Neighbours outside the region.
  static let outside = [
    Home(code: "888", name: "Lancashire", outward: ["WN8", "L39"], town: "Skelmersdale"),
    Home(code: "896", name: "Cheshire West and Chester", outward: ["CH65", "CH66"], town: "Ellesmere Port"),
    Home(code: "877", name: "Warrington", outward: ["WA1", "WA2", "WA5"], town: "Warrington"),
  ]
  /// Two authorities that do not exist, with codes that DfE gave to nobody and postcodes of areas that there are not.
  static let fictionalHomes = [
    Home(code: "990", name: "Northmere (fictional)", outward: ["NM1", "NM2", "NM14"], town: "Northmere"),
    Home(code: "991", name: "Eastmarsh (fictional)", outward: ["EM1", "EM3", "EM20"], town: "Eastmarsh"),
  ]
  static let inwardLetters = ["AA", "BD", "EF", "GH", "JL", "NP", "QR", "ST", "UW", "XY"]

  /// A place to go to after school: name, UKPRN (made up), courses.
  static let providers: [(name: String, ukprn: String, courses: [String])] = [
    ("Example Sixth Form College", "10099901", ["A levels: Biology, Art, French", "A levels: Mathematics, Physics"]),
    ("Mockingham College of Further Education", "10099902", ["Bricklaying, level 2", "Health & Social Care, level 3"]),
    ("Fable Valley Academy Sixth Form", "10099903", ["A levels: History, Law, Drama"]),
    ("Sampleside Training", "10099904", ["Apprenticeship: motor vehicle", "Apprenticeship: hairdressing"]),
  ]
  /// Intended destination (NCCIS, current generation) with how many of a hundred mean it.
  static let intentions: [(String, Int)] = [
    ("111", 22), ("121", 46), ("211", 12), ("311", 4), ("321", 3), ("411", 3), ("511", 8), ("611", 2),
  ]
  /// Characteristics (NCCIS) with how many of a hundred have them. None tells of an offence.
  static let characteristics: [(String, Int)] = [
    ("", 70), ("110", 8), ("140", 8), ("110;160", 6), ("130; 140", 5), ("140;110;160", 3),
  ]
  /// September Guarantee status of those with a place in view, and of the others.
  static let offers: [(String, Int)] = [("110", 90), ("140", 10)]
  static let noOffers: [(String, Int)] = [("140", 30), ("150", 15), ("151", 35), ("123", 10), ("159", 10)]
}
