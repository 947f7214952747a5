// swift-tools-version: 6.0
import PackageDescription

// On Apple platforms the core arrives as an XCFramework (ios/scripts/build-xcframework.sh). On Linux the same header
// and module map wrap the library that cargo built, so that every test runs against the real core.
// CampanileApple needs Apple's frameworks: on Linux ios/Typecheck compiles its very sources against stand-ins.
#if os(Linux)
    let coreFFI: Target = .systemLibrary(name: "CampanileCoreFFI")
    let appleTargets: [Target] = []
    let appleProducts: [Product] = []
#else
    let coreFFI: Target = .binaryTarget(name: "CampanileCoreFFI", path: "Artifacts/CampanileCoreFFI.xcframework")
    let appleTargets: [Target] = [.target(name: "CampanileApple", dependencies: ["CampanileKit"])]
    let appleProducts: [Product] = [.library(name: "CampanileApple", targets: ["CampanileApple"])]
#endif

let package = Package(
    name: "CampanileKit",
    defaultLocalization: "it",
    platforms: [.iOS(.v18), .macOS(.v15)],
    products: [.library(name: "CampanileKit", targets: ["CampanileKit"])] + appleProducts,
    targets: [
        coreFFI,
        .target(name: "CampanileCore", dependencies: ["CampanileCoreFFI"]),
        .target(name: "CampanileKit", dependencies: ["CampanileCore"]),
        .target(name: "CampanileFakes", dependencies: ["CampanileKit"]),
        .testTarget(name: "CampanileCoreTests", dependencies: ["CampanileKit", "CampanileFakes"]),
        .testTarget(name: "CampanileKitTests", dependencies: ["CampanileKit", "CampanileFakes"]),
    ] + appleTargets,
    swiftLanguageModes: [.v6]
)
