// Stand-in, declarations only: shapes, paths and colours.

public protocol ShapeStyle: Sendable {}

public struct Color: Primitive, ShapeStyle {
    public enum RGBColorSpace: Sendable { case sRGB }
    public nonisolated init(_ space: RGBColorSpace, red: Double, green: Double, blue: Double, opacity: Double) {}
}

public struct HierarchicalStyle: ShapeStyle {}
extension ShapeStyle where Self == HierarchicalStyle {
    public static var secondary: HierarchicalStyle { .init() }
}
public struct BarMaterial: ShapeStyle {}
extension ShapeStyle where Self == BarMaterial {
    public static var bar: BarMaterial { .init() }
}

public struct Path: Primitive {
    public nonisolated init() {}
    public nonisolated init(_ rect: CGRect) {}
    public nonisolated mutating func move(to end: CGPoint) {}
    public nonisolated mutating func addLine(to end: CGPoint) {}
    public nonisolated mutating func addLines(_ lines: [CGPoint]) {}
    public nonisolated mutating func addEllipse(in rect: CGRect) {}
    public nonisolated mutating func addRoundedRect(in rect: CGRect, cornerSize: CGSize) {}
    public nonisolated mutating func closeSubpath() {}
}

public protocol Shape: View, Sendable where Body == Never {
    nonisolated func path(in rect: CGRect) -> Path
}

extension Shape {
    public var body: Never { fatalError("stand-in") }
    public func fill<Style: ShapeStyle>(_ style: Style) -> some View { self }
    public func stroke<Style: ShapeStyle>(_ style: Style, lineWidth: CGFloat = 1) -> some View { self }
    public func stroke<Style: ShapeStyle>(_ content: Style, style: StrokeStyle) -> some View { self }
}

public struct RoundedRectangle: Shape {
    public nonisolated init(cornerRadius: CGFloat) {}
    public nonisolated func path(in rect: CGRect) -> Path { .init() }
}

public enum CGLineCap: Sendable { case round }
public enum CGLineJoin: Sendable { case round }

public struct StrokeStyle: Sendable {
    public init(lineWidth: CGFloat, lineCap: CGLineCap, lineJoin: CGLineJoin) {}
}

public struct GraphicsContext {
    public struct Shading {
        public static func color(_ color: Color) -> Shading { .init() }
    }
    public func fill(_ path: Path, with shading: Shading) {}
    public func stroke(_ path: Path, with shading: Shading, lineWidth: CGFloat = 1) {}
}

public struct Canvas: Primitive {
    public init(renderer: @escaping (inout GraphicsContext, CGSize) -> Void) {}
}
