// nginx's JSON listing of a folder (`autoindex_format json`). Pure.

import CCurl
import FoundationEssentials

enum AutoindexListing {
  private struct Item: Decodable {
    var name: String
    var type: String
    var mtime: String?
    var size: Int64?
  }

  /// The entries in the listing's own order; nil when the page is no such listing.
  ///
  /// Source: ngx_http_autoindex_module, `{"name", "type": "file" | "directory" | "other", "mtime": RFC 1123, "size"}`.
  static func entries(_ page: [UInt8]) -> [RemoteEntry]? {
    // A name that is not UTF-8 spoils that entry, which bears U+FFFD then, and not the listing.
    let text = String(decoding: page, as: UTF8.self)
    guard let items = try? JSONDecoder().decode([Item].self, from: Data(text.utf8)) else { return nil }
    return items.map { item in
      let modified = item.mtime.map { Int64(curl_getdate($0, nil)) } ?? 0
      return RemoteEntry(
        name: item.name, size: item.size ?? 0, modified: max(0, modified), isFolder: item.type == "directory")
    }
  }
}
