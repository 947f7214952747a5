// swift-tools-version: 6.0
import PackageDescription

// Type-checks App, NotificationService and CampanileApple on Linux, in Swift 6 mode, against stand-ins for the part of
// Apple's frameworks that they use. The stand-ins only declare: nothing here runs or ships. What this proves is that our
// views agree with our models and with actor isolation; that they agree with Apple's SDK, only Xcode can say.
let package = Package(
    name: "Typecheck",
    platforms: [.iOS(.v18), .macOS(.v15)],
    dependencies: [.package(path: "../CampanileKit")],
    targets: [
        .target(name: "SwiftUI"),
        .target(name: "UserNotifications"),
        .target(name: "BackgroundTasks"),
        .target(name: "Security"),
        .target(name: "os"),
        // These three are links to the real sources.
        .target(
            name: "CampanileApple",
            dependencies: ["Security", "UserNotifications", .product(name: "CampanileKit", package: "CampanileKit")]
        ),
        .target(
            name: "CampanileApp",
            dependencies: [
                "BackgroundTasks", "CampanileApple", "SwiftUI", "UserNotifications", "os",
                .product(name: "CampanileKit", package: "CampanileKit"),
            ],
            swiftSettings: [.unsafeFlags(["-parse-as-library"])]
        ),
        .target(
            name: "NotificationService",
            dependencies: [
                "CampanileApple", "UserNotifications", .product(name: "CampanileKit", package: "CampanileKit"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
