import Foundation

/// A value of a scenario file, and what a value of the edge is compared as.
enum Json: Decodable, Equatable, Sendable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([Json])
    case object([String: Json])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([Json].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: Json].self))
        }
    }

    /// A record, an enum, a list or a plain value of the edge: names in snake case, instants in RFC 3339.
    init(of value: Any) {
        switch value {
        case let json as Json: self = json
        case let text as String: self = .text(text)
        case let flag as Bool: self = .flag(flag)
        case let date as Date: self = .text(ISO8601DateFormatter().string(from: date))
        case let number as any BinaryInteger: self = .number(Double(number))
        case let number as Double: self = .number(number)
        default: self = Json(mirror: Mirror(reflecting: value), value)
        }
    }

    private init(mirror: Mirror, _ value: Any) {
        switch mirror.displayStyle {
        case .optional:
            self = mirror.children.first.map { Json(of: $0.value) } ?? .null
        case .collection:
            self = .list(mirror.children.map { Json(of: $0.value) })
        case .enum:
            self = .text((mirror.children.first?.label ?? "\(value)").snakeCase)
        default:
            self = .object(Json.fields(of: value))
        }
    }

    /// The named fields of a record, or of what a case of an enum carries.
    static func fields(of value: Any) -> [String: Json] {
        let mirror = Mirror(reflecting: value)
        let children =
            mirror.displayStyle == .enum
            ? mirror.children.first.map { Mirror(reflecting: $0.value).children } : mirror.children
        var fields: [String: Json] = [:]
        for child in children ?? AnyCollection([]) {
            if let label = child.label { fields[label.snakeCase] = Json(of: child.value) }
        }
        return fields
    }

    subscript(_ name: String) -> Json? {
        guard case .object(let fields) = self else { return nil }
        return fields[name]
    }

    var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    var number: Double? {
        guard case .number(let number) = self else { return nil }
        return number
    }

    var flag: Bool? {
        guard case .flag(let flag) = self else { return nil }
        return flag
    }

    var list: [Json]? {
        guard case .list(let list) = self else { return nil }
        return list
    }

    /// Where this differs from what is `expected`, each with its place; of objects only the expected fields count.
    func differences(from expected: Json, at place: String = "") -> [String] {
        switch (expected, self) {
        case (.object(let expected), .object(let found)):
            return expected.sorted { $0.key < $1.key }.flatMap { name, value in
                let place = place.isEmpty ? name : "\(place).\(name)"
                return found[name].map { $0.differences(from: value, at: place) } ?? ["\(place): is not there"]
            }
        case (.list(let expected), .list(let found)) where expected.count == found.count:
            return zip(expected, found).enumerated().flatMap { $1.1.differences(from: $1.0, at: "\(place)[\($0)]") }
        default:
            return expected == self ? [] : ["\(place): expected \(expected), found \(self)"]
        }
    }
}

extension String {
    /// `fullScreen` as `full_screen`.
    fileprivate var snakeCase: String {
        reduce(into: "") { name, letter in
            if letter.isUppercase && !name.isEmpty { name += "_" }
            name += letter.lowercased()
        }
    }
}
