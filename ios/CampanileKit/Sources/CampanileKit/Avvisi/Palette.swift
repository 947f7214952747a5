/// A colour as 0xRRGGBB in sRGB.
public struct Rgb: Equatable, Sendable {
    public let hex: UInt32

    init(_ hex: UInt32) {
        self.hex = hex
    }

    /// Red, green and blue from 0 to 1.
    public var channels: (red: Double, green: Double, blue: Double) {
        (Double(hex >> 16 & 0xFF) / 255, Double(hex >> 8 & 0xFF) / 255, Double(hex & 0xFF) / 255)
    }
}

/// The colours of one look: of its field, of the sign on it, and of the line round it.
public struct LookColours: Equatable, Sendable {
    public let fill: Rgb
    public let ink: Rgb
    /// Nothing where the field stands out from the ground by itself.
    public let outline: Rgb?
}

/// The colours of the app, the same as on Android.
///
/// The four levels keep their colours in both themes; what changes is the line that tells them from the ground.
public struct Palette: Sendable {
    public let isDark: Bool

    public init(isDark: Bool) {
        self.isDark = isDark
    }

    public var ground: Rgb { isDark ? Rgb(0x111316) : Rgb(0xF5F7FA) }
    public var surface: Rgb { isDark ? Rgb(0x1D2126) : Rgb(0xFFFFFF) }
    public var ink: Rgb { isDark ? Rgb(0xF2F4F7) : Rgb(0x17191C) }
    public var inkSoft: Rgb { isDark ? Rgb(0xB6C2CF) : Rgb(0x455A70) }
    public var cautionSurface: Rgb { isDark ? Rgb(0x33290F) : Rgb(0xFFF5DA) }
    public var cautionInk: Rgb { isDark ? Rgb(0xFFE7A8) : Rgb(0x614C15) }

    public func colours(of look: AlertLook) -> LookColours {
        switch look {
        case .verde:
            LookColours(fill: Rgb(0x2E7D4F), ink: Rgb(0xFFFFFF), outline: isDark ? Rgb(0xE6F2EA) : nil)
        case .gialla:
            LookColours(fill: Rgb(0xFFCF33), ink: Rgb(0x17324D), outline: isDark ? nil : Rgb(0x17191C))
        case .arancione:
            LookColours(fill: Rgb(0xF08A24), ink: Rgb(0x17191C), outline: isDark ? nil : Rgb(0x17191C))
        case .rossa:
            LookColours(fill: Rgb(0xB3142B), ink: Rgb(0xFFFFFF), outline: isDark ? Rgb(0xFFE3E6) : nil)
        case .unknown, .past:
            LookColours(fill: surface, ink: inkSoft, outline: inkSoft)
        case .exercise:
            LookColours(fill: ink, ink: isDark ? Rgb(0x17191C) : Rgb(0xFFFFFF), outline: nil)
        }
    }
}
