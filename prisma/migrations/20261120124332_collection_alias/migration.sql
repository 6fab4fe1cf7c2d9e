-- AlterTable
ALTER TABLE "collection" ADD COLUMN     "alias" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "collection_space_id_alias_key" ON "collection"("space_id", "alias");
