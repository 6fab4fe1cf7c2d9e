-- CreateEnum
CREATE TYPE "task_state" AS ENUM ('pending', 'succeeded', 'failed');

-- CreateTable
CREATE TABLE "space" (
    "id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "definition" JSON NOT NULL,

    CONSTRAINT "space_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "collection" (
    "id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "space_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "definition" JSON NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sequence" BIGSERIAL NOT NULL,

    CONSTRAINT "collection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "record" (
    "collection_id" UUID NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "key" TEXT,
    "fields" JSON NOT NULL,
    "vectors" BYTEA,
    "version" INTEGER NOT NULL,
    "inserted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "record_pkey" PRIMARY KEY ("collection_id","id")
);

-- CreateTable
CREATE TABLE "unique_value" (
    "collection_id" UUID NOT NULL,
    "field" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "unique_value_pkey" PRIMARY KEY ("collection_id","field","value")
);

-- CreateTable
CREATE TABLE "task" (
    "id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "collection_id" UUID NOT NULL,
    "collection_version" INTEGER NOT NULL,
    "state" "task_state" NOT NULL DEFAULT 'pending',
    "total_count" INTEGER NOT NULL,
    "success_count" INTEGER,
    "fail_count" INTEGER,
    "error_kind" TEXT,
    "error_message" TEXT,
    "payload" JSON,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "leased_until" TIMESTAMPTZ(3),
    "sequence" BIGSERIAL NOT NULL,

    CONSTRAINT "task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task_failure" (
    "task_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "record_index" INTEGER,
    "field" TEXT,
    "message" TEXT NOT NULL,

    CONSTRAINT "task_failure_pkey" PRIMARY KEY ("task_id","position")
);

-- CreateTable
CREATE TABLE "number_sequence" (
    "scope" TEXT NOT NULL,
    "next" BIGINT NOT NULL,

    CONSTRAINT "number_sequence_pkey" PRIMARY KEY ("scope")
);

-- CreateTable
CREATE TABLE "credential" (
    "provider" TEXT NOT NULL,
    "secret_sha256" TEXT NOT NULL,
    "principal" TEXT NOT NULL,
    "scopes" JSON,
    "grants" JSON,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "credential_pkey" PRIMARY KEY ("provider","secret_sha256")
);

-- CreateIndex
CREATE UNIQUE INDEX "space_provider_name_key" ON "space"("provider", "name");

-- CreateIndex
CREATE UNIQUE INDEX "collection_sequence_key" ON "collection"("sequence");

-- CreateIndex
CREATE INDEX "collection_provider_name_idx" ON "collection"("provider", "name");

-- CreateIndex
CREATE UNIQUE INDEX "collection_space_id_name_key" ON "collection"("space_id", "name");

-- CreateIndex
-- By hand: partial, since most collections have no keys; a hash, since a key may be longer than an index takes.
CREATE INDEX "record_collection_id_key_hash_idx" ON "record"("collection_id", md5("key")) WHERE "key" IS NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "task_sequence_key" ON "task"("sequence");

-- CreateIndex
CREATE INDEX "task_collection_id_sequence_idx" ON "task"("collection_id", "sequence");

-- CreateIndex
CREATE INDEX "task_state_leased_until_idx" ON "task"("state", "leased_until");

-- CreateIndex
CREATE INDEX "credential_expires_at_idx" ON "credential"("expires_at");

-- AddForeignKey
ALTER TABLE "collection" ADD CONSTRAINT "collection_space_id_fkey" FOREIGN KEY ("space_id") REFERENCES "space"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand: packed floats do not compress, trying it takes longer than storing them.
ALTER TABLE "record" ALTER COLUMN "vectors" SET STORAGE EXTERNAL;
