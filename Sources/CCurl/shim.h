// libcurl, with typed wrappers over its variadic calls, which Swift cannot import; and one variadic call of Linux that
// Transport's local folder needs. Nothing else is decided here.
#pragma once
#include <curl/curl.h>
#include <stddef.h>
#include <linux/fs.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// curl_easy_setopt, one wrapper for each kind of value.

static inline CURLcode leaverlink_curl_setopt_long(CURL *easy, CURLoption option, long value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode leaverlink_curl_setopt_offset(CURL *easy, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(easy, option, value);
}

// libcurl copies the string.
static inline CURLcode leaverlink_curl_setopt_string(CURL *easy, CURLoption option, const char *value) {
  return curl_easy_setopt(easy, option, value);
}

// libcurl keeps the pointer: it must outlive the transfer.
static inline CURLcode leaverlink_curl_setopt_pointer(CURL *easy, CURLoption option, void *value) {
  return curl_easy_setopt(easy, option, value);
}

// libcurl keeps the list: it must outlive the transfer.
static inline CURLcode leaverlink_curl_setopt_list(CURL *easy, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode leaverlink_curl_setopt_blob(CURL *easy, CURLoption option, struct curl_blob *value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode leaverlink_curl_setopt_share(CURL *easy, CURLSH *share) {
  return curl_easy_setopt(easy, CURLOPT_SHARE, share);
}

// Callbacks.

static inline CURLcode leaverlink_curl_setopt_write(CURL *easy, curl_write_callback callback, void *context) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, callback);
  return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_WRITEDATA, context);
}

static inline CURLcode leaverlink_curl_setopt_read(CURL *easy, curl_read_callback callback, void *context) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_READFUNCTION, callback);
  return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_READDATA, context);
}

static inline CURLcode leaverlink_curl_setopt_seek(CURL *easy, curl_seek_callback callback, void *context) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, callback);
  return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_SEEKDATA, context);
}

static inline CURLcode leaverlink_curl_setopt_ssh_key(CURL *easy, curl_sshkeycallback callback, void *context) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_SSH_KEYFUNCTION, callback);
  return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_SSH_KEYDATA, context);
}

// libcurl 7.88 opens its sockets without close-on-exec; a child would keep the connection open.
static curl_socket_t leaverlink_curl_open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
  (void)context;
  (void)purpose;
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static inline CURLcode leaverlink_curl_setopt_cloexec_sockets(CURL *easy) {
  return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, leaverlink_curl_open_socket);
}

// curl_easy_getinfo.

static inline CURLcode leaverlink_curl_getinfo_long(CURL *easy, CURLINFO info, long *value) {
  return curl_easy_getinfo(easy, info, value);
}

static inline CURLcode leaverlink_curl_getinfo_offset(CURL *easy, CURLINFO info, curl_off_t *value) {
  return curl_easy_getinfo(easy, info, value);
}

static inline CURLcode leaverlink_curl_getinfo_double(CURL *easy, CURLINFO info, double *value) {
  return curl_easy_getinfo(easy, info, value);
}

// The string belongs to the handle.
static inline CURLcode leaverlink_curl_getinfo_string(CURL *easy, CURLINFO info, char **value) {
  return curl_easy_getinfo(easy, info, value);
}

// curl_multi_setopt and curl_share_setopt.

static inline CURLMcode leaverlink_curl_multi_setopt_long(CURLM *multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}

static inline CURLSHcode leaverlink_curl_share(CURLSH *share, curl_lock_data data) {
  return curl_share_setopt(share, CURLSHOPT_SHARE, data);
}

// renameat2(2) with RENAME_NOREPLACE, which Swift's Glibc does not show. 0, or -1 and errno.
static inline int leaverlink_rename_noreplace(int fromFolder, const char *from, int toFolder, const char *to) {
  return (int)syscall(SYS_renameat2, fromFolder, from, toFolder, to, RENAME_NOREPLACE);
}
