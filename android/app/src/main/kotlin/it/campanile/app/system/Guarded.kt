package it.campanile.app.system

/**
 * Marks a function that calls what the lowest supported level lacks, behind a check of `SDK_INT`.
 *
 * The build refuses such calls anywhere else (animal-sniffer in app/pom.xml), so the marked functions stay few and small.
 */
@Retention(AnnotationRetention.BINARY)
@Target(AnnotationTarget.FUNCTION)
annotation class Guarded
