-- DropIndex
DROP INDEX "task_state_leased_until_idx";

-- AlterTable
ALTER TABLE "task" ADD COLUMN     "attempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "run_after" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "task_state_sequence_idx" ON "task"("state", "sequence");
