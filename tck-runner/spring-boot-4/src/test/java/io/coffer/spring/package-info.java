/** Coffer behind the caching of Spring Boot: real applications, each started as a user would start it. */
package io.coffer.spring;
