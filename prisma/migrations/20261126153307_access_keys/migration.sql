-- CreateTable
CREATE TABLE "access_key" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "secret_sha256" TEXT NOT NULL,
    "scopes" JSON NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "access_key_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "access_key_secret_sha256_key" ON "access_key"("secret_sha256");
