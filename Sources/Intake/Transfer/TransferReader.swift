// The XML of a Common Transfer File to its header and pupils, one at a time, hardened and bounded. Pure.

import Leavers
import Tabular

/// Reads a Common Transfer File: `CTfile`, in it a `Header` and `CTFpupilData` with a `Pupil` each. Nothing of it is in a
/// namespace.
struct TransferReader: ~Copyable {
  enum Part {
    case header(TransferElement)
    case pupil(TransferElement)
    /// Something else that stands beside them, by its path.
    case other(String)
  }

  private var xml: XMLReader
  private let limits: TransferLimits
  private var elements = 0
  private var pupils = 0

  init(_ bytes: [UInt8], limits: TransferLimits = TransferLimits()) {
    xml = XMLReader(bytes, limits: limits.xml)
    self.limits = limits
  }

  /// Reads the file to its end and gives its parts in their order. What was given before an error does not count.
  mutating func read(_ take: (Part) -> Void) throws(UnreadableExport) {
    guard try next() == .start else { return }
    guard xml.isNamed("CTfile") else { throw UnreadableExport(Remark(.otherXML)) }
    guard xml.namespace == nil else { throw UnreadableExport(Remark(.transferNamespace)) }
    while let event = try next() {
      guard event == .start else { continue }
      // At the third level only what is in `CTFpupilData` is come to: all else is read, or passed over, as a whole.
      if xml.depth == 2, isOwn("CTFpupilData") { continue }
      if xml.depth == 2, isOwn("Header") {
        take(.header(try element()))
      } else if xml.depth == 3, isOwn("Pupil") {
        pupils += 1
        guard pupils <= limits.pupils else {
          throw UnreadableExport(Remark(.transferPupils, "at most \(limits.pupils) are taken in"))
        }
        take(.pupil(try element()))
      } else {
        take(.other(xml.depth == 2 ? xml.name : "CTFpupilData/\(xml.name)"))
        _ = try element()
      }
    }
  }

  private func isOwn(_ name: StaticString) -> Bool { xml.isNamed(name) && xml.isInRootNamespace }

  /// From a start tag: the whole element.
  private mutating func element() throws(UnreadableExport) -> TransferElement {
    let first = elements
    return try element(until: first + limits.elementsOfPupil)
  }

  private mutating func element(until last: Int) throws(UnreadableExport) -> TransferElement {
    var element = TransferElement(name: xml.name)
    while let event = try next() {
      switch event {
      case .start:
        guard elements <= last else {
          throw UnreadableExport(
            Remark(.transferElements, "line \(xml.line); one pupil has more than \(limits.elementsOfPupil)"))
        }
        let isOwn = xml.isInRootNamespace
        let child = try self.element(until: last)
        if isOwn { element.children.append(child) }
      case .text: element.text += xml.text
      case .end: return element
      }
    }
    return element
  }

  private mutating func next() throws(UnreadableExport) -> XMLReader.Event? {
    let event: XMLReader.Event?
    do throws(XMLError) {
      event = try xml.next()
    } catch {
      throw UnreadableExport(TransferFindings.remark(error))
    }
    if event == .start {
      elements += 1
      guard elements <= limits.elements else {
        throw UnreadableExport(Remark(.transferElements, "line \(xml.line); at most \(limits.elements) are read"))
      }
    }
    return event
  }
}
