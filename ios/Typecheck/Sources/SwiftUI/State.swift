// Stand-in, declarations only: what views keep and find in their surroundings.

@propertyWrapper
public struct State<Value> {
    public init(wrappedValue: Value) {}
    public var wrappedValue: Value {
        get { fatalError("stand-in") }
        nonmutating set {}
    }
}

@propertyWrapper
public struct ScaledMetric<Value: BinaryFloatingPoint> {
    public init(wrappedValue: Value) {}
    public var wrappedValue: Value { fatalError("stand-in") }
}

@propertyWrapper
public struct Environment<Value> {
    public init(_ type: Value.Type) where Value: AnyObject & Observable {}
    public init(_ path: KeyPath<EnvironmentValues, Value>) {}
    public var wrappedValue: Value { fatalError("stand-in") }
}

public struct EnvironmentValues {
    public var scenePhase: ScenePhase { .active }
    public var colorScheme: ColorScheme { .light }
    public var openURL: OpenURLAction { fatalError("stand-in") }
}

public enum ScenePhase: Comparable, Sendable { case background, inactive, active }

public enum ColorScheme: Sendable { case light, dark }

@MainActor @preconcurrency
public struct OpenURLAction {
    public func callAsFunction(_ url: URL) {}
}
