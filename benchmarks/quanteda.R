# A folder with `texts` (documents between form feeds) and dictionary.json goes in; hits and CPU seconds come out.
# The sentences are quanteda's own; RCPP_PARALLEL_NUM_THREADS and quanteda_options keep it on one core.
suppressPackageStartupMessages(library(quanteda))
quanteda_options(threads = 1, verbose = FALSE)
folder <- commandArgs(trailingOnly = TRUE)[1]
cpu <- function() sum(proc.time()[c("user.self", "sys.self")])
file <- file.path(folder, "texts")
texts <- readChar(file, file.info(file)$size, useBytes = TRUE)
Encoding(texts) <- "UTF-8"
texts <- strsplit(texts, "\f", fixed = TRUE)[[1]]
started <- cpu()
sought <- dictionary(jsonlite::fromJSON(file.path(folder, "dictionary.json")))
prepared <- cpu()
sentences <- corpus_reshape(corpus(texts), to = "sentences")
found <- dfm(tokens_lookup(tokens(sentences), sought))
table <- convert(found, to = "data.frame")
cat(sum(found), prepared - started, cpu() - prepared, "\n")
