// `leaverlink profile describe --json`: the keys that docs/profiles.md lists. Pure.

import Leavers
import Profiles
package import Tabular

extension FeedSpecification {
  /// Its members; the command puts `schemaVersion` before them.
  package var json: [(String, JSONValue)] {
    [
      (
        "authority",
        [
          "id": .string(authority.id.rawValue), "name": .string(authority.name),
          "code": .string(authority.laCode.rawValue), "gss": .string(authority.gss), "recipient": .string(recipient),
          "acknowledges": .string(authority.acknowledges.rawValue),
        ]
      ),
      ("asOf", .string(day.description)), ("evidence", evidence), ("trial", JSONValue(trial)),
      (
        "way",
        way.map {
          [
            "by": .string($0.how.rawValue), "folder": .string($0.folder), "readBack": .string($0.readBack.rawValue),
            "facts": .facts($0.facts),
          ]
        } ?? .null
      ),
      ("returns", .array(returns.map(\.json))), ("replies", .array(replies.map(\.json))),
    ]
  }

  private var evidence: JSONValue {
    var (with, on): (String?, String?)
    if case .agreed(let party, let day) = authority.evidence { (with, on) = (party, day.description) }
    return ["state": .string(authority.evidence.text), "with": JSONValue(with), "on": JSONValue(on)]
  }
}

extension JSONValue {
  fileprivate static func facts(_ facts: [FeedSpecification.Fact]) -> JSONValue {
    .array(facts.map { ["name": .string($0.name), "text": .string($0.text)] })
  }

  fileprivate static func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
}

extension ReturnSpecification {
  fileprivate var json: JSONValue {
    [
      "kind": .string(profile.kind.rawValue), "cohorts": .texts(profile.cohorts.map(\.text)),
      "routedBy": .string(profile.routedBy.rawValue), "who": .texts(who),
      "changesOnly": .bool(profile.changesOnly), "closes": .bool(profile.closes),
      "rows": .string(profile.rows.rawValue), "sort": .texts(profile.sort),
      "refused": .texts(refused), "agreements": .array(agreements.map(\.json)),
      "send": [
        "when": .string(sending.word), "text": .texts(sending.words),
        "days": .array(
          sending.days.map {
            ["cohort": JSONValue($0.cohort?.description), "dates": .texts($0.dates.map(\.description))]
          }),
      ],
      "year": .array(
        sending.year.map { cohort, days in
          [
            "cohort": .string(cohort.description), "opens": JSONValue(days.opens?.description),
            "due": JSONValue(days.due?.description), "closes": JSONValue(days.closes?.description),
          ]
        }),
      "file": [
        "name": .string(profile.fileName.source), "example": .string(fileName), "placeholders": .texts(placeholders),
        "coverSheet": JSONValue(coverSheet),
      ],
      "format": [
        "type": .string(format.type), "facts": .facts(format.facts),
        "texts": .array(
          format.texts.map {
            ["place": .string($0.place), "text": .string($0.written), "example": .string($0.shown)]
          }),
        "placeholders": .texts(format.placeholders),
      ],
      "columns": .array(columns.map(\.json)),
      "examples": [
        "pupils": .array(
          examples.pupils.map { pupil in
            [
              "given": .string(pupil.given), "rows": .array(pupil.rows.map(JSONValue.texts)),
              "kept": JSONValue(pupil.kept),
            ]
          }), "file": JSONValue(examples.file),
      ],
    ]
  }
}

extension AgreementSpecification {
  fileprivate var json: JSONValue {
    let columns: [String] = if case .floor(let filled) = refused { filled } else { [] }
    return [
      "reference": .string(agreement.reference), "basis": .string(agreement.basis.rawValue),
      "from": .string(agreement.from.description), "until": .string(agreement.until.description),
      "standing": .string(standing.rawValue), "special": .bool(agreement.coversSpecial),
      "offences": .bool(agreement.coversOffences), "terms": .texts(terms),
      "refused": .string(refused.word), "refusedColumns": .texts(columns),
    ]
  }
}

extension ColumnSpecification {
  fileprivate var json: JSONValue {
    [
      "name": .string(column.name), "place": JSONValue(place), "says": .string(says), "asked": .texts(asked),
      "required": .bool(column.required), "max": JSONValue(column.max), "freeText": .bool(isFreeText),
      "offered": .texts(offered),
      "words": .array(
        words.map { one in
          [
            "part": JSONValue(one.part),
            "values": .array(one.rows.map { ["written": .string($0.written), "means": .string($0.means)] }),
          ]
        }),
    ]
  }
}

extension ReplySpecification {
  fileprivate var json: JSONValue {
    [
      "kind": .string(profile.kind.rawValue), "level": .string(profile.level.rawValue),
      "file": .string(profile.match.source), "example": .string(fileName), "placeholders": .texts(placeholders),
      "text": .texts(words),
      "columns": .array(columns.map { ["heading": .string($0.heading), "says": .string($0.says)] }),
      "accepted": .texts(profile.kind == .acknowledgement ? profile.acceptedWords : []),
    ]
  }
}
