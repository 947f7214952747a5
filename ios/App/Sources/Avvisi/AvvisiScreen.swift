import CampanileKit
import SwiftUI

/// The alerts: for the person's places first, then elsewhere; or that there are none, or that this is not known.
struct AvvisiScreen: View {
    @Environment(AlertListModel.self) private var model

    var body: some View {
        let content = model.content
        List {
            if let words = content.checked.text {
                Text(verbatim: words).font(.footnote).foregroundStyle(.secondary)
            }
            if let notice = content.notKnown {
                NoticeView(notice: notice, isProminent: false, retry: refresh)
            }
            if let words = content.caution.text {
                CautionView(words: words)
            }
            if let notice = content.inPlaceOfTheList {
                NoticeView(notice: notice, isProminent: true, retry: refresh)
            }
            ForEach(content.sections) { section in
                Section {
                    ForEach(section.cards) { AlertCardView(card: $0) }
                } header: {
                    if let title = section.title { Text(title) }
                }
            }
        }
        .navigationTitle(Text(Chrome.avvisiTitle))
        .toolbar {
            Button(action: refresh) {
                Label {
                    Text(Chrome.avvisiRefresh)
                } icon: {
                    Image(systemName: "arrow.clockwise")
                }
            }
            .disabled(!content.canRefresh)
        }
        .refreshable { await model.refresh() }
        .safeAreaInset(edge: .bottom) { EmergencyBar() }
        .task(id: model.attempt) { await model.follow() }
    }

    private func refresh() {
        Task { await model.refresh() }
    }
}
