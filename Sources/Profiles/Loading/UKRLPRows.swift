// Providers in the layout of the UK Register of Learning Providers.

import Leavers
import Tabular

/// A CSV file of the UK Register of Learning Providers: UKPRN, a name, and what else is there.
///
/// No published list of a download's headers could be found, so several spellings are taken. Seen in public code:
/// `UnitedKingdomProviderReferenceNumber`, `ProviderName`, `AccessibleProviderName`, `ProviderStatus` and `PostCode` (the
/// register's query service, as DfE's spi-ukrlp-adapter reads it); `LegalName`, `TradingName` and `Status` (a spreadsheet
/// of it, David-B-Read/training-provider-test-data); `LEGALNAME`, `NAME` and `LIVE` (a public loader of a `ukrlp.csv`);
/// `PROVIDER_NAME` and `POSTCODE` (learning-providers-plus.csv of data.ac.uk). The status `PD2` means that deactivation is
/// complete (the course directory's reader of the query service).
///
/// The register does not say what kind of place a provider is.
struct UKRLPRows: ProviderRows {
  private(set) var providers: [Provider] = []
  private(set) var flaws = ProviderFlaws()

  private let ukprn, name: Int
  private let trading, status, live, postcode: Int?
  private var lines: [UKPRN: Int] = [:]

  init?(_ header: ProviderHeader) {
    guard let ukprn = header.column("UKPRN", "UnitedKingdomProviderReferenceNumber"),
      let name = header.column("ProviderName", "LegalName", "ProviderLegalName")
    else { return nil }
    (self.ukprn, self.name) = (ukprn, name)
    trading = header.column("TradingName", "AccessibleProviderName", "ProviderTradingName", "Name")
    status = header.column("ProviderStatus", "Status")
    live = header.column("Live")
    postcode = header.column("PostCode", "ContactPostCode")
  }

  mutating func take(_ row: borrowing CSVRow) {
    let line = row.line
    guard let ukprn = flaws.ukprn(row.cell(ukprn), line: line) else {
      if row.cell(self.ukprn).isEmpty { flaws.add(line, "UKPRN", "there is no UKPRN", "correct or remove the row") }
      return
    }
    let name = row.cell(name)
    guard !name.isEmpty, name != "null" else {
      return flaws.add(line, "ProviderName", "there is no name", "correct or remove the row")
    }
    let trading = row.cell(trading)
    let aliases = trading.isEmpty || trading == "null" || trading == name ? [] : [trading]
    if let earlier = lines[ukprn] {
      // One provider, several rows: each has another trading name.
      for alias in [name] + aliases
      where alias != providers[earlier].name && !providers[earlier].aliases.contains(alias) {
        providers[earlier].aliases.append(alias)
      }
      return
    }
    lines[ukprn] = providers.count
    providers.append(
      Provider(
        id: ProviderID(ukprn), name: name, aliases: aliases, ukprn: ukprn, kind: .other,
        postcode: ProviderFlaws.postcode(row.cell(postcode)), isClosed: isClosed(row), evidence: .register))
  }

  private func isClosed(_ row: borrowing CSVRow) -> Bool {
    ["pd2", "deactivated", "deactivation complete", "closed", "inactive"].contains(row.cell(status).lowercased())
      || ["false", "0", "n", "no"].contains(row.cell(live).lowercased())
  }
}
