-- CreateTable
CREATE TABLE "claim" (
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "content_hash" TEXT,
    "result" JSON NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "claim_pkey" PRIMARY KEY ("scope","key")
);

-- CreateIndex
CREATE INDEX "claim_expires_at_idx" ON "claim"("expires_at");
