/// The screen of alerts, part by part from top to bottom, as the view draws it without deciding anything.
public struct AlertListContent: Equatable, Sendable {
    /// Under the title: that a check runs, or when the last one was. Empty when the middle of the screen says it.
    public var checked: Words = .none
    public var canRefresh = true
    /// Above the list: the situation is not known, so the list may not be all.
    public var notKnown: Notice?
    /// Above the list: the last check failed.
    public var caution: Words = .none
    public var sections: [Section] = []
    /// In place of the list.
    public var inPlaceOfTheList: Notice?

    /// Words of the core, or of the frame.
    public enum Words: Equatable, Sendable {
        case none
        case core(String)
        case chrome(Chrome)
        case chromeWith(Chrome, String)
    }

    public struct Notice: Equatable, Sendable {
        /// Nothing while the app looks for alerts: there is no level to show yet.
        public let look: AlertLook?
        public let words: Words
        public let hint: Words
        public let retry: Chrome?
    }

    public struct Section: Equatable, Sendable, Identifiable {
        /// None when the list has one section only and needs no name.
        public let title: Chrome?
        public let cards: [AlertCard]

        public var id: String { title?.rawValue ?? "all" }
    }

    public init(_ state: AlertListState) {
        switch state {
        case .loading:
            inPlaceOfTheList = Notice(look: nil, words: .chrome(.avvisiLoading), hint: .none, retry: nil)
            canRefresh = false
        case .locked:
            inPlaceOfTheList = Notice(look: .unknown, words: .chrome(.failedLocked), hint: .none, retry: .retry)
        case .failed(let code):
            inPlaceOfTheList = Notice(
                look: .unknown, words: .chromeWith(.failedOpening, code), hint: .none, retry: .retry)
        case .board(let board):
            show(board)
        }
    }

    private mutating func show(_ board: AlertListState.Board) {
        let head = board.list.head
        canRefresh = !board.isRefreshing
        if board.isRefreshing {
            checked = .chrome(.avvisiRefreshing)
        } else if head.isKnown && !board.list.rows.isEmpty {
            checked = .core(head.words)
        }
        if board.hasRefreshFailed && head.isKnown {
            caution = .chrome(.avvisiRefreshFailed)
        }

        guard !board.list.rows.isEmpty else {
            inPlaceOfTheList = Notice(
                look: board.list.isAllClear ? .verde : .unknown,
                words: .core(board.list.emptyWords),
                hint: head.isKnown ? .none : .chrome(.avvisiNotKnownHint),
                retry: board.list.isAllClear ? nil : .avvisiRefresh
            )
            return
        }
        if !head.isKnown {
            notKnown = Notice(
                look: .unknown, words: .core(head.words), hint: .chrome(.avvisiNotKnownHint), retry: .avvisiRefresh)
        }
        let here = board.list.rows.filter(\.concernsMe).map { AlertCard($0, action: board.actions[$0.id]) }
        let elsewhere = board.list.rows.filter { !$0.concernsMe }.map { AlertCard($0, action: nil) }
        if !here.isEmpty {
            sections.append(Section(title: elsewhere.isEmpty ? nil : .avvisiHere, cards: here))
        }
        if !elsewhere.isEmpty {
            sections.append(Section(title: .avvisiElsewhere, cards: elsewhere))
        }
    }
}

/// The card of one alert.
public struct AlertCard: Equatable, Sendable, Identifiable {
    public let id: String
    public let look: AlertLook
    /// Begins with the level (or with "exercise", or that it ended): neither colour nor figure is enough alone.
    public let title: String
    /// What to do.
    public let action: String?
    /// Where and until when; empty when neither is known.
    public let whereUntil: String
    public let source: String
    public let labels: [String]
    /// What VoiceOver says for the whole card. Begins with the level, or with "exercise".
    public let voiceOverLabel: String

    public init(_ row: AlertRow, action: String?) {
        id = row.id
        look = AlertLook(row)
        title = row.title
        self.action = action
        whereUntil = [row.placeNames.joined(separator: ", "), row.until].filter { !$0.isEmpty }.joined(separator: " · ")
        source = row.source
        labels = row.labels
        voiceOverLabel = [row.spoken, action].compactMap(\.self).joined(separator: " ")
    }
}
