-- CreateTable
-- Unlogged: a count does not outlive its second, and needs no write-ahead log.
CREATE UNLOGGED TABLE "rate_use" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rate_use_pkey" PRIMARY KEY ("key")
);
