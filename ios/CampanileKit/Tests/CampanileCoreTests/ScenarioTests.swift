import CampanileFakes
import Foundation
import Testing

/// The scenarios that Kotlin and Python run too.
@Suite("The shared scenarios", .serialized)
struct ScenarioTests {
    @Test func theyAreThere() {
        #expect(Scenario.all.count >= 20)
    }

    @Test func theRunnerSeesWhatDiffers() throws {
        let row = Json(of: Sample.row("a"))
        let same = Json.object(["id": .text("a"), "phase": .text("in_force"), "place_names": .list([.text("Casa")])])
        #expect(row.differences(from: same).isEmpty)
        for wrong in [
            Json.object(["id": .text("b")]), .object(["phase": .text("inForce")]), .object(["place_names": .list([])]),
            .object(["nothing": .null]), .object(["is_seen": .text("false")]), .list([]),
        ] {
            #expect(row.differences(from: wrong).count == 1)
        }
    }

    @Test(arguments: Scenario.all)
    func scenario(_ scenario: Scenario) async throws {
        let server = try ScenarioServer.shared()
        if scenario.http != nil && server == nil {
            print("skipped (CAMPANILE_SCENARIO_SERVER names no program): \(scenario.name)")
            return
        }
        let phone = try ScenarioPhone(scenario, server: server?.address)
        defer { phone.end() }
        for (number, step) in scenario.steps.enumerated() {
            let differences = await phone.do(step)
            #expect(differences.isEmpty, "step \(number + 1), \(step["do"]?.text ?? "?")")
        }
    }
}
