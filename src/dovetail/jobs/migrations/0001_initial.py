"""Create the table of jobs."""

from django.db import migrations, models

import dovetail.core.clock
import dovetail.jobs.identity


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=dovetail.jobs.identity.new_job_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("task_path", models.CharField(max_length=255, verbose_name="task")),
                ("backend_name", models.CharField(default="default", max_length=64, verbose_name="backend")),
                ("queue_name", models.CharField(default="default", max_length=64, verbose_name="queue")),
                ("priority", models.SmallIntegerField(default=0, verbose_name="priority")),
                ("args", models.JSONField(blank=True, default=list, verbose_name="arguments")),
                ("kwargs", models.JSONField(blank=True, default=dict, verbose_name="named arguments")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("READY", "Ready"),
                            ("RUNNING", "Running"),
                            ("FAILED", "Failed"),
                            ("SUCCESSFUL", "Successful"),
                        ],
                        default="READY",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("enqueued_at", models.DateTimeField(default=dovetail.core.clock.now, verbose_name="enqueued")),
                ("run_after", models.DateTimeField(default=dovetail.core.clock.now, verbose_name="runs from")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="first started")),
                ("last_attempted_at", models.DateTimeField(blank=True, null=True, verbose_name="last started")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="attempts")),
                ("max_attempts", models.PositiveIntegerField(default=1, verbose_name="most attempts")),
                ("crashes", models.PositiveSmallIntegerField(default=0, verbose_name="workers lost")),
                ("worker_id", models.CharField(blank=True, default="", max_length=64, verbose_name="worker")),
                ("worker_ids", models.JSONField(blank=True, default=list, verbose_name="workers so far")),
                ("lease_until", models.DateTimeField(blank=True, null=True, verbose_name="leased until")),
                ("return_value", models.JSONField(blank=True, null=True, verbose_name="result")),
                ("errors", models.JSONField(blank=True, default=list, verbose_name="errors")),
            ],
            options={
                "verbose_name": "job",
                "verbose_name_plural": "jobs",
                "indexes": [models.Index(fields=["status", "-priority", "run_after", "id"], name="dovetail_jobs_due")],
            },
        ),
    ]
