package it.campanile.app.push

/**
 * A way by which bytes reach this phone while the app sleeps.
 *
 * What it delivers goes to [PushInbox]; how it is reached, to [Registration]. UnifiedPush is one; FCM comes as another in the
 * Gradle flavour that carries Google's library.
 */
interface PushTransport {
    /** Whether it can work on this phone now. */
    fun isAvailable(): Boolean

    /** Asks for an endpoint; the answer comes by broadcast. Safe to repeat: renews what is there. */
    fun register()

    /** Gives the endpoint back. */
    fun unregister()
}
