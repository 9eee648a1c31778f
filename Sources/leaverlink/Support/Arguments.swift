// The order of the command's arguments. Pure.

/// Where `--config FILE` may stand.
enum Arguments {
  /// The arguments with a leading `--config FILE` moved behind the subcommand, where the parser looks for it: it may
  /// stand before the command as well as after it.
  static func ordered(_ arguments: [String]) -> [String] {
    var rest = arguments[...]
    var leading: [String] = []
    while let first = rest.first {
      if first == "--config", rest.count >= 2 {
        leading += rest.prefix(2)
        rest = rest.dropFirst(2)
      } else if first.hasPrefix("--config=") {
        leading.append(first)
        rest = rest.dropFirst()
      } else {
        break
      }
    }
    guard !leading.isEmpty, let command = rest.first, !command.hasPrefix("-") else { return arguments }
    return [command] + leading + rest.dropFirst()
  }
}
