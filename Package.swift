// swift-tools-version: 6.1
// The house of leaverlink: one target a room, arrows only downward (docs/architecture.md).
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// What every station (Intake, Returns, Delivery, Replies) stands on; the four never import one another.
let below: [Target.Dependency] = ["Leavers", "Tabular", "Linkage", "Transport", "Profiles", "Ledger"]

let package = Package(
  name: "leaverlink",
  products: [.executable(name: "leaverlink", targets: ["leaverlink"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // C libraries: a module map and, where the library is variadic, typed shims. Nothing else.
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CSpreadsheet", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
    .systemLibrary(name: "CStatFS"),
    .systemLibrary(name: "CXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),

    // The domain and the tools of the trade.
    .target(name: "Leavers", swiftSettings: settings),
    .target(name: "Tabular", dependencies: ["CSpreadsheet", "CXML", "CZip"], swiftSettings: settings),
    .target(name: "Linkage", dependencies: ["Leavers"], swiftSettings: settings),
    .target(name: "Transport", dependencies: ["CCurl"], swiftSettings: settings),
    .target(
      name: "Profiles",
      dependencies: ["Leavers", "Tabular", .product(name: "Yams", package: "Yams")],
      swiftSettings: settings),
    .target(
      name: "Ledger",
      dependencies: [
        "Leavers",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: settings),

    // The four stations, in the order in which a record goes through them.
    .target(name: "Intake", dependencies: below + ["CStatFS"], swiftSettings: settings),
    .target(name: "Returns", dependencies: below, swiftSettings: settings),
    .target(name: "Delivery", dependencies: below, swiftSettings: settings),
    .target(name: "Replies", dependencies: below, swiftSettings: settings),

    // The whole, the far side for trying and testing, and the command.
    .target(
      name: "Daemon",
      dependencies: below + [
        "CSystemd", "Intake", "Returns", "Delivery", "Replies",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      swiftSettings: settings),
    .target(
      name: "AuthoritySandbox",
      dependencies: [
        "Leavers", "Tabular", "Transport", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "leaverlink",
      dependencies: below + [
        "Intake", "Returns", "Delivery", "Replies", "Daemon", "AuthoritySandbox",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: settings),

    .testTarget(name: "LeaversTests", dependencies: ["Leavers"], swiftSettings: settings),
    .testTarget(
      name: "TabularTests", dependencies: ["CXML", "CZip", "MutationSupport", "Tabular"], exclude: ["XLSX/Fixtures"],
      swiftSettings: settings),
    .testTarget(name: "LinkageTests", dependencies: ["Linkage", "Leavers"], swiftSettings: settings),
    .testTarget(name: "TransportTests", dependencies: ["Transport", "AuthoritySandbox"], swiftSettings: settings),
    .testTarget(
      name: "ProfilesTests", dependencies: ["Profiles", "Leavers", "MutationSupport", "Tabular"],
      swiftSettings: settings),
    .testTarget(
      name: "LedgerTests",
      dependencies: [
        "Ledger", "Leavers", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ], swiftSettings: settings),
    .testTarget(name: "IntakeTests", dependencies: below + ["Intake", "MutationSupport"], swiftSettings: settings),
    .testTarget(
      name: "ReturnsTests", dependencies: below + ["Returns"], exclude: ["Golden", "Office/office.py"],
      swiftSettings: settings),
    .testTarget(name: "DeliveryTests", dependencies: below + ["Delivery"], swiftSettings: settings),
    .testTarget(name: "RepliesTests", dependencies: below + ["Replies"], swiftSettings: settings),
    .testTarget(
      name: "DaemonTests",
      dependencies: below + [
        "Daemon", "Intake", "Returns", "Delivery", .product(name: "Logging", package: "swift-log"),
      ], swiftSettings: settings),
    .testTarget(
      name: "AuthoritySandboxTests", dependencies: ["AuthoritySandbox", "Leavers", "Tabular", "Transport"],
      swiftSettings: settings),

    .testTarget(name: "leaverlinkTests", dependencies: below + ["Returns", "leaverlink"], swiftSettings: settings),

    // Inputs changed at random, for the tests of what reads them.
    .target(name: "MutationSupport", path: "Tests/MutationSupport", swiftSettings: settings),

    // The whole as real processes against real servers; killed and starved.
    .target(
      name: "RoundTripSupport", dependencies: ["AuthoritySandbox", "Leavers", "Tabular"],
      path: "Tests/RoundTripSupport", swiftSettings: settings),
    .testTarget(
      name: "RoundTripTests", dependencies: ["RoundTripSupport", "AuthoritySandbox", "Tabular", "leaverlink"],
      swiftSettings: settings),
    .testTarget(
      name: "FaultTests", dependencies: ["RoundTripSupport", "AuthoritySandbox", "Tabular", "leaverlink"],
      swiftSettings: settings),
  ]
)
