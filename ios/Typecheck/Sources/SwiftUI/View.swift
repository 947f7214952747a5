// Stand-in, declarations only, for the part of SwiftUI that App uses. It draws nothing.
@_exported public import Foundation
@_exported public import Observation

@MainActor @preconcurrency
public protocol View {
    associatedtype Body: View
    @ViewBuilder var body: Body { get }
}

extension Never: View {
    public var body: Never { fatalError("stand-in") }
}

public protocol Primitive: View where Body == Never {}
extension Primitive {
    public var body: Never { fatalError("stand-in") }
}

@resultBuilder
public struct ViewBuilder {
    public static func buildBlock() -> EmptyView { .init() }
    public static func buildBlock<Content: View>(_ content: Content) -> Content { content }
    public static func buildBlock<each Content: View>(_ content: repeat each Content) -> TupleView<
        (repeat each Content)
    > {
        .init()
    }
    public static func buildExpression<Content: View>(_ content: Content) -> Content { content }
    public static func buildIf<Content: View>(_ content: Content?) -> Content? { content }
    public static func buildEither<First: View, Second: View>(first: First) -> EitherView<First, Second> { .init() }
    public static func buildEither<First: View, Second: View>(second: Second) -> EitherView<First, Second> { .init() }
}

public struct TupleView<Content>: Primitive { nonisolated init() {} }
public struct EitherView<First: View, Second: View>: Primitive { nonisolated init() {} }
public struct EmptyView: Primitive { public nonisolated init() {} }
extension Optional: View where Wrapped: View {
    public var body: Never { fatalError("stand-in") }
}

@MainActor @preconcurrency
public protocol Scene {}

@MainActor @preconcurrency
public protocol App {
    associatedtype Content: Scene
    @SceneBuilder var body: Content { get }
    init()
}

extension App {
    public static func main() {}
}

@resultBuilder
public struct SceneBuilder {
    public static func buildBlock<Content: Scene>(_ content: Content) -> Content { content }
}

public struct WindowGroup<Content: View>: Scene {
    public init(@ViewBuilder content: () -> Content) {}
}

public struct BackgroundTask<Request, Response>: Sendable {}
extension BackgroundTask where Request == Void, Response == Void {
    public static func appRefresh(_ identifier: String) -> Self { .init() }
}

extension Scene {
    public func onChange<Value: Equatable>(
        of value: Value, initial: Bool = false, _ action: @escaping (Value, Value) -> Void
    ) -> some Scene { self }
    public func backgroundTask<Request, Response>(
        _ task: BackgroundTask<Request, Response>,
        action: @escaping @Sendable (Request) async -> Response
    ) -> some Scene { self }
}
