-- AlterTable
ALTER TABLE "record" ADD COLUMN     "bytes" INTEGER;
