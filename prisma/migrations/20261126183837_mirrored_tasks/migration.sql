-- AlterTable
ALTER TABLE "task" ADD COLUMN     "error_outcome" TEXT,
ADD COLUMN     "space" TEXT,
ADD COLUMN     "upstream" TEXT,
ADD COLUMN     "upstream_task_id" TEXT,
ALTER COLUMN "collection_id" DROP NOT NULL,
ALTER COLUMN "collection_version" DROP NOT NULL;

-- A task is an import of the embedded service or the task of a real one.
ALTER TABLE "task" ADD CONSTRAINT "task_carried_out_by_one" CHECK (
    ("collection_id" IS NULL) = ("upstream" IS NOT NULL)
    AND ("upstream" IS NULL) = ("upstream_task_id" IS NULL)
);
