import Foundation

/// Rings the single European emergency number.
@MainActor
public struct EmergencyCall {
    private let urls: any UrlOpening

    public init(urls: any UrlOpening) {
        self.urls = urls
    }

    public func call() {
        guard let number = URL(string: "tel:112") else { return }
        urls.open(number)
    }
}
