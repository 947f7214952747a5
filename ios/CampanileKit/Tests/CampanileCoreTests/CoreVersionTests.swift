import CampanileKit
import XCTest

final class CoreVersionTests: XCTestCase {
    func test_the_core_tells_its_version() {
        XCTAssertTrue(versionOfTheCore().contains("."))
    }
}
