public import CampanileKit
public import Foundation

/// Made-up values for tests and previews.
public enum Sample {
    /// 16 May 2023, 14:05 in Rome.
    public static let now = Date(timeIntervalSince1970: 1_684_238_700)

    // Default arguments may not name cases of a module that callers do not import.
    public static let red = Level.rossa
    public static let actual = AlertStatus.actual
    public static let inForce = AlertPhase.inForce

    public static func row(
        _ id: String, level: Level = red, status: AlertStatus = actual, phase: AlertPhase = inForce,
        concernsMe: Bool = true, labels: [String] = []
    ) -> AlertRow {
        let words = levelWords(level)
        let said = status == .actual ? words : "ESERCITAZIONE. \(words)"
        return AlertRow(
            id: id, kind: .alert, level: level, levelWords: words, shape: "", status: status, phase: phase,
            placeNames: concernsMe ? ["Casa"] : [], concernsMe: concernsMe, title: "\(said): piena del Secchia",
            until: "fino alle 24:00", source: "Fonte: Comune di Modena, oggi alle 12:00",
            spoken: "\(said). Piena del Secchia.", labels: labels, sent: now, expires: now + 36_000, isSeen: false)
    }

    public static func levelWords(_ level: Level) -> String {
        switch level {
        case .verde: "Nessuna allerta"
        case .gialla: "Allerta gialla"
        case .arancione: "Allerta arancione"
        case .rossa: "Allerta rossa"
        case .unknown: "Livello non ancora noto"
        }
    }

    public static let knownHead = HeadState(isKnown: true, checkedAt: now, words: "Controllato alle 14:05")
    public static let unknownHead = HeadState(
        isKnown: false, checkedAt: now - 86_400, words: "Situazione non nota: ultimo controllo ieri alle 14:05")

    public static func list(_ rows: [AlertRow], isKnown: Bool = true, isAllClear: Bool? = nil) -> AlertList {
        AlertList(
            rows: rows, head: isKnown ? knownHead : unknownHead,
            emptyWords: isKnown ? "Nessuna allerta. Ultimo controllo 14:05" : "Non sappiamo se ci sono allerte.",
            isAllClear: isAllClear ?? isKnown)
    }

    public static func notification(_ tag: String) -> PushNotification {
        PushNotification(
            tag: tag, title: "Allerta rossa: piena del Secchia", body: "Sali ai piani alti.",
            spoken: "Allerta rossa. Piena del Secchia.", loudness: .ring, level: .rossa, shape: "ottagono",
            status: .actual, labels: [])
    }
}
