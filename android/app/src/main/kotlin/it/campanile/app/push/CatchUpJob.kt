package it.campanile.app.push

import android.app.job.JobInfo
import android.app.job.JobParameters
import android.app.job.JobScheduler
import android.app.job.JobService
import android.content.ComponentName
import android.content.Context
import it.campanile.app.CampanileApp
import it.campanile.app.system.service
import it.campanile.wall.CampanileException
import kotlinx.coroutines.Job
import kotlinx.coroutines.launch
import java.util.concurrent.TimeUnit

/** Asks the towns once an hour for what no push brought, and posts what was never shown. */
class CatchUpJob : JobService() {
    private var running: Job? = null

    override fun onStartJob(params: JobParameters): Boolean {
        val app = application as CampanileApp
        running = app.background.launch {
            val again = try {
                app.catchUp()
                false
            } catch (failure: CampanileException) {
                true
            }
            jobFinished(params, again)
        }
        return true
    }

    override fun onStopJob(params: JobParameters): Boolean {
        running?.cancel()
        return true
    }

    companion object {
        const val ID = 1

        /** Plans the hourly run; keeps the one that is planned already. */
        fun plan(context: Context) {
            val scheduler = context.service<JobScheduler>()
            if (scheduler.getPendingJob(ID) != null) return
            val job = JobInfo.Builder(ID, ComponentName(context, CatchUpJob::class.java))
                .setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY)
                .setPeriodic(TimeUnit.HOURS.toMillis(1))
                .build()
            scheduler.schedule(job)
        }
    }
}
